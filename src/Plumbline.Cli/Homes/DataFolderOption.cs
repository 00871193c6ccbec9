using System.CommandLine;

namespace Plumbline.Cli.Homes;

/// <summary>The local cloud's data folder: <c>--data</c>, <c>$PLUMBLINE_DATA</c>, or one in the user's home.</summary>
internal static class DataFolderOption
{
    public static Option<DirectoryInfo> Create() =>
        new("--data")
        {
            Description = "The local cloud's data folder; $PLUMBLINE_DATA sets another default",
            DefaultValueFactory = _ => Usual(),
            HelpName = "DIR",
        };

    /// <summary>The folder without the option.</summary>
    public static DirectoryInfo Usual() => new(Default());

    private static string Default() =>
        Environment.GetEnvironmentVariable("PLUMBLINE_DATA") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData,
                    Environment.SpecialFolderOption.DoNotVerify
                ),
                "plumbline"
            );
}
