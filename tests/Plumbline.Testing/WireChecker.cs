namespace Plumbline.Testing;

/// <summary>Runs <c>tests/wire/check.py</c>, which compares recorded calls with AWS's models.</summary>
public static class WireChecker
{
    /// <summary>The modules that its Python needs.</summary>
    public const string Needs = "botocore";

    /// <param name="calls">A file of <see cref="RecordingProxy"/>, or one in the same form.</param>
    public static Task<ShellResult> RunAsync(string calls) =>
        Shell.RunAsync("python3", [Repository.Path("tests", "wire", "check.py"), calls]);
}
