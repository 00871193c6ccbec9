using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Time;

public sealed class SchedulerTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private Database database = null!;
    private CivilClock clock = null!;
    private Scheduler scheduler = null!;

    public Task InitializeAsync()
    {
        database = Database.Open(folder.At("test.db"));
        clock = new CivilClock(database);
        scheduler = new Scheduler(clock, NullLogger<Scheduler>.Instance);
        return scheduler.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await scheduler.StopAsync(CancellationToken.None);
        scheduler.Dispose();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Work_that_a_move_of_the_clock_passes_over_runs_at_once()
    {
        var ran = new TaskCompletionSource();
        scheduler.At(
            clock.GetUtcNow().AddDays(7),
            _ =>
            {
                ran.SetResult();
                return Task.CompletedTask;
            }
        );

        await clock.AdvanceAsync(TimeSpan.FromDays(8));

        await ran.Task.InTimeAsync();
    }

    [Fact]
    public async Task Work_that_was_called_off_does_not_run()
    {
        var ran = new TaskCompletionSource();
        var calledOff = false;
        scheduler
            .At(
                clock.GetUtcNow().AddDays(1),
                _ =>
                {
                    calledOff = true;
                    return Task.CompletedTask;
                }
            )
            .Dispose();
        scheduler.At(
            clock.GetUtcNow().AddDays(2),
            _ =>
            {
                ran.SetResult();
                return Task.CompletedTask;
            }
        );

        await clock.AdvanceAsync(TimeSpan.FromDays(3));

        await ran.Task.InTimeAsync();
        calledOff.ShouldBeFalse();
    }

    [Fact]
    public async Task Work_that_fails_does_not_keep_other_work_from_running()
    {
        var ran = new TaskCompletionSource();
        scheduler.At(clock.GetUtcNow(), _ => throw new InvalidOperationException());
        scheduler.At(
            clock.GetUtcNow().AddMilliseconds(1),
            _ =>
            {
                ran.SetResult();
                return Task.CompletedTask;
            }
        );

        await ran.Task.InTimeAsync();
    }

    [Fact]
    public async Task The_clock_is_as_far_ahead_after_a_restart()
    {
        await clock.AdvanceAsync(TimeSpan.FromDays(30));

        new CivilClock(database).GetUtcNow().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddDays(29));
    }

    [Fact]
    public async Task The_clock_does_not_go_backward()
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => clock.AdvanceAsync(TimeSpan.FromSeconds(-1)));
    }
}
