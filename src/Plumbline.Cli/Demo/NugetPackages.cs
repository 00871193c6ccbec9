namespace Plumbline.Cli.Demo;

/// <summary>
/// The NuGet packages of this machine, which the builds of a C# project then need not fetch again (docs/csharp.md).
/// </summary>
internal static class NugetPackages
{
    private const string Fallback = "NUGET_FALLBACK_PACKAGES";

    // The local cloud's own names; the CLI's demo sees the local cloud as a program only.
    private const string Passed = "PLUMBLINE_PASS_VARIABLES";
    private const string Shown = "PLUMBLINE_SHOWN_PATHS";

    /// <summary>The variables for <c>plumb up</c>, in addition to those that it already has; empty without packages.</summary>
    public static IReadOnlyDictionary<string, string> Variables()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(folder)
            ? new Dictionary<string, string>
            {
                [Fallback] = folder,
                [Passed] = With(Passed, ',', Fallback),
                [Shown] = With(Shown, ':', folder),
            }
            : new Dictionary<string, string>();
    }

    private static string With(string variable, char separator, string more) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } before ? $"{before}{separator}{more}" : more;
}
