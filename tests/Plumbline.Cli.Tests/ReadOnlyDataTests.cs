using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary><c>plumb up</c> on a read-only data folder.</summary>
[Collection("commands")]
public sealed class ReadOnlyDataTests
{
    [ProgramFact("bwrap")]
    public async Task The_reason_names_the_folder_and_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        string[] readOnly =
        [
            "--bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "--ro-bind",
            folder.Path,
            folder.Path,
        ];

        var ended = await Shell.RunAsync(
            "bwrap",
            [.. readOnly, Plumb.Program, "up", "--port", "0", "--console-port", "0", "--data", folder.Path]
        );

        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain(
            $"{folder.Path}: this data folder cannot be written (Read-only file system): give yourself the right to write there,"
        );
        ended.Error.ShouldNotContain(".new");
    }
}
