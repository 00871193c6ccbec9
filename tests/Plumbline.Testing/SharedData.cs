namespace Plumbline.Testing;

/// <summary>The folder with golden data: PLUMBLINE_SHARED, or ../shared next to the repository.</summary>
public static class SharedData
{
    /// <summary>The folder; null if it does not exist.</summary>
    public static string? Folder { get; } = Find();

    private const string Missing = "No golden data: PLUMBLINE_SHARED is not set and ../shared is not there.";

    /// <summary>
    /// The reason why tests with golden data are skipped; null if they run. In CI they always run, and fail without the
    /// data.
    /// </summary>
    public static string? SkipReason { get; } =
        Folder is null && Environment.GetEnvironmentVariable("CI") != "true" ? Missing : null;

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
