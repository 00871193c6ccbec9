using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.LocalCloud.Time;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Time;

public sealed class RoundsTests
{
    [Fact]
    public async Task A_round_that_fails_is_tried_again_before_there_is_more_to_do()
    {
        using var stop = new CancellationTokenSource();
        var waited = new TaskCompletionSource();
        var count = 0;

        var rounds = Rounds.RunAsync(
            NullLogger.Instance,
            TimeSpan.Zero,
            _ => ++count < 3 ? throw new IOException("the disk is full") : Task.CompletedTask,
            token =>
            {
                waited.SetResult();
                return Task.Delay(Timeout.Infinite, token);
            },
            stop.Token
        );

        await waited.Task.InTimeAsync();
        count.ShouldBe(3);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(rounds.InTimeAsync());
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_pause_after_a_failure()
    {
        using var stop = new CancellationTokenSource();
        var failed = new TaskCompletionSource();
        var rounds = Rounds.RunAsync(
            NullLogger.Instance,
            TimeSpan.FromDays(1),
            _ =>
            {
                failed.SetResult();
                throw new IOException("the disk is full");
            },
            _ => Task.CompletedTask,
            stop.Token
        );
        await failed.Task.InTimeAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(rounds.InTimeAsync());
    }

    [Fact]
    public void One_item_that_cannot_be_taken_up_keeps_no_other()
    {
        var done = new List<string>();

        Rounds.Each(
            NullLogger.Instance,
            ["a", "b", "c"],
            name =>
            {
                if (name == "b")
                {
                    throw new IOException("the disk is full");
                }

                done.Add(name);
            }
        );

        done.ShouldBe(["a", "c"]);
    }
}
