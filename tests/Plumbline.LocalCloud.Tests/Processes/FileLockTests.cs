using System.Diagnostics;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

[Collection("processes")]
public sealed class FileLockTests
{
    [Fact]
    public async Task A_lock_given_up_is_free_though_other_processes_are_being_started()
    {
        var file = Path.GetTempFileName();
        using var enough = new CancellationTokenSource();
        var starters = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => StartPrograms(enough.Token))));
        try
        {
            for (var turn = 0; turn < 3000; turn++)
            {
                using var held = FileLock.TryTake(file);
                held.ShouldNotBeNull($"in turn {turn}");
            }
        }
        finally
        {
            await enough.CancelAsync();
            await starters;
            File.Delete(file);
        }
    }

    private static void StartPrograms(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            using var program = Process.Start("true");
            program.End();
        }
    }
}
