namespace Plumbline.Records.Tests;

/// <summary>Files of the checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string File(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx")))
            folder = folder.Parent;
        return Path.Combine([folder!.FullName, .. path]);
    }
}
