using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// The one scheduler of civil time. Work that a jump of the clock passes over runs at once, in the order it was due.
/// Repeating work schedules its next run itself, from the clock as it then is, so that a jump runs it once. If the
/// machine's clock is set back, scheduled work is moved back by as much, so that it waits no longer than intended.
/// </summary>
internal sealed class Scheduler : BackgroundService
{
    // Nothing announces that the machine's clock was set, so it is checked this often.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly CivilClock clock;
    private readonly ILogger<Scheduler> log;
    private readonly Lock gate = new();
    private readonly PriorityQueue<Entry, DateTimeOffset> entries = new();
    private (DateTimeOffset Civil, long Real) lastLook;
    private TaskCompletionSource changed = NewSignal();

    public Scheduler(CivilClock clock, ILogger<Scheduler> log)
    {
        this.clock = clock;
        this.log = log;
        lastLook = (clock.GetUtcNow(), ProcessTime.Clock.GetTimestamp());
        clock.Moved += Wake;
    }

    /// <summary>Raised after the machine's clock was found set back.</summary>
    public event Action? SetBack;

    /// <summary>
    /// Runs <paramref name="work"/> once, at or soon after <paramref name="due"/>; dispose the result to cancel it.
    /// </summary>
    public IDisposable At(DateTimeOffset due, Func<CancellationToken, Task> work)
    {
        var entry = new Entry(work, clock.GetUtcNow());
        lock (gate)
        {
            entries.Enqueue(entry, due);
        }

        Wake();
        return entry;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Task signal;
            TimeSpan wait;
            if (WasSetBack())
            {
                Log.ClockSetBack(log);
                SetBack?.Invoke();
            }

            lock (gate)
            {
                RunWhatIsDue(stoppingToken);
                signal = changed.Task;
                wait = entries.TryPeek(out _, out var due) ? due - clock.GetUtcNow() : LongestWait;
            }

            await WaitAsync(signal, wait, stoppingToken);
        }
    }

    private static async Task WaitAsync(Task signal, TimeSpan wait, CancellationToken stoppingToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var limit = wait > LongestWait ? LongestWait : wait;
        if (limit > TimeSpan.Zero)
        {
            await Task.WhenAny(signal, ProcessTime.Delay(limit + TimeSpan.FromMilliseconds(1), enough.Token));
        }

        await enough.CancelAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True if the clock advanced less than real time; then the due times are corrected.</summary>
    private bool WasSetBack()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var expected = lastLook.Civil + ProcessTime.Clock.GetElapsedTime(lastLook.Real);
            lastLook = (now, ProcessTime.Clock.GetTimestamp());
            var all = entries.UnorderedItems.ToList();
            // The second condition finds a clock that went ahead and back between two checks.
            if (now >= expected - Tolerance && all.TrueForAll(one => one.Element.SetAt <= now + Tolerance))
            {
                return false;
            }

            entries.Clear();
            foreach (var (entry, due) in all)
            {
                entries.Enqueue(entry, entry.SetAt > now ? due - (entry.SetAt - now) : due);
                entry.SetAt = entry.SetAt > now ? now : entry.SetAt;
            }

            return true;
        }
    }

    private void RunWhatIsDue(CancellationToken stoppingToken)
    {
        while (entries.TryPeek(out var entry, out var due) && due <= clock.GetUtcNow())
        {
            entries.Dequeue();
            if (!entry.CalledOff)
            {
                _ = Task.Run(() => RunAsync(entry, stoppingToken), CancellationToken.None);
            }
        }
    }

    private async Task RunAsync(Entry entry, CancellationToken stoppingToken)
    {
        try
        {
            await entry.Work(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The local cloud stops; due work is found again from its stored state.
        }
        catch (Exception exception)
        {
            Log.ScheduledWorkFailed(log, exception);
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            changed.TrySetResult();
            changed = NewSignal();
        }
    }

    private sealed class Entry(Func<CancellationToken, Task> work, DateTimeOffset setAt) : IDisposable
    {
        private volatile bool calledOff;

        /// <summary>The civil time at which it was scheduled.</summary>
        public DateTimeOffset SetAt { get; set; } = setAt;

        public Func<CancellationToken, Task> Work => work;

        public bool CalledOff => calledOff;

        public void Dispose() => calledOff = true;
    }
}
