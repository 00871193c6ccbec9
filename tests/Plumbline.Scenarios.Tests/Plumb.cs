using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The CLI as a person runs it: the program that <c>./plumb</c> starts.</summary>
public static class Plumb
{
    /// <summary>The built program, beside its jobs and its model server.</summary>
    public static string Program { get; } =
        Repository.Path("src", "Plumbline.Cli", "bin", Configuration, "net10.0", "plumb");

    private static string Configuration =>
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>Runs it to its end.</summary>
    public static Task<ShellResult> RunAsync(string folder, string data, params IEnumerable<string> arguments) =>
        Shell.RunAsync(Program, arguments, new Dictionary<string, string> { ["PLUMBLINE_DATA"] = data }, folder);
}
