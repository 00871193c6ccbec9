namespace Plumbline.Testing;

/// <summary>Programs on this machine.</summary>
public static class Programs
{
    /// <summary>The program's full path; null where PATH has none of this name.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
