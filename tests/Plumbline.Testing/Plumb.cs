namespace Plumbline.Testing;

/// <summary>Runs the CLI like a person: the same program that <c>./plumb</c> starts.</summary>
public static class Plumb
{
    /// <summary>The built program, next to its jobs and its model server.</summary>
    public static string Program { get; } =
        Repository.Path("src", "Plumbline.Cli", "bin", Configuration, "net10.0", "plumb");

    private static string Configuration =>
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public static Task<ShellResult> RunAsync(string folder, string data, params IEnumerable<string> arguments) =>
        Shell.RunAsync(Program, arguments, new Dictionary<string, string> { ["PLUMBLINE_DATA"] = data }, folder);
}
