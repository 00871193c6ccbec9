namespace Plumbline.Testing;

/// <summary>The folder with golden data: PLUMBLINE_SHARED, else ../shared beside the repository.</summary>
public static class SharedData
{
    /// <summary>The folder; null where there is none.</summary>
    public static string? Folder { get; } = Find();

    private const string Missing = "No golden data: PLUMBLINE_SHARED is not set and ../shared is not there.";

    /// <summary>Why tests on golden data are skipped; null where they run. In CI they run, and fail without the data.</summary>
    public static string? SkipReason { get; } =
        Folder is null && Environment.GetEnvironmentVariable("CI") != "true" ? Missing : null;

    /// <summary>A path in the folder.</summary>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Folder ?? throw new InvalidOperationException(Missing), .. parts]);

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("PLUMBLINE_SHARED");
        var folder = string.IsNullOrEmpty(named) ? Repository.Path("..", "shared") : named;
        return Directory.Exists(System.IO.Path.Combine(folder, "conformance"))
            ? System.IO.Path.GetFullPath(folder)
            : null;
    }
}
