namespace Plumbline.Testing;

/// <summary>Runs <c>tests/wire/check.py</c>, which holds recorded calls against AWS's models.</summary>
public static class WireChecker
{
    /// <summary>Modules that its Python needs.</summary>
    public const string Needs = "botocore";

    /// <param name="calls">A file that <see cref="RecordingProxy"/> wrote, or one like it.</param>
    public static Task<ShellResult> RunAsync(string calls) =>
        Shell.RunAsync("python3", [Repository.Path("tests", "wire", "check.py"), calls]);
}
