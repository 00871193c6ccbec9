using System.Diagnostics;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

[Collection("processes")]
public sealed class LastingThreadTests
{
    [ProgramFact("bwrap")]
    public async Task A_program_that_dies_with_its_parent_outlives_the_thread_that_asked_for_it()
    {
        using var folder = new TemporaryFolder();
        string[] sandbox =
        [
            "--bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "--unshare-pid",
            "--die-with-parent",
        ];
        var script = $"until [ -e {folder.At("go")} ]; do sleep 0.02; done";
        Process? program = null;
        var thread = new Thread(() =>
            program = LastingThread.Start(new ProcessStartInfo("bwrap", [.. sandbox, "sh", "-c", script]))
        );
        thread.Start();
        thread.Join();

        await File.WriteAllTextAsync(folder.At("go"), "");
        (await program!.EndAsync()).ShouldBe(0);
        program!.Dispose();
    }
}
