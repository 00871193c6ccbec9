using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Time;

/// <summary>
/// The one scheduler of civil time. Work that a jump of the clock passes over runs at once, in the order it was
/// due; what repeats asks for its next time itself, from the clock as it then is, so that a jump runs it once. Where the machine's clock is
/// set back, work that was set for a time of the clock as it was before is due as much earlier: it waits no longer than it was to wait.
/// </summary>
public sealed class Scheduler : BackgroundService
{
    // Nobody tells that the machine's clock was set: it is looked at this often.
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

    /// <summary>Runs <paramref name="work"/> once, at or soon after <paramref name="due"/>; disposing what is returned calls it off.</summary>
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

    /// <summary>Compares the time that has passed on the clock with the time that has passed; makes good what a clock set back has put off.</summary>
    private bool WasSetBack()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var expected = lastLook.Civil + ProcessTime.Clock.GetElapsedTime(lastLook.Real);
            lastLook = (now, ProcessTime.Clock.GetTimestamp());
            var all = entries.UnorderedItems.ToList();
            // Ahead and back between two looks leaves no other trace.
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
            // The local cloud stops; what was due is found again from its stored state.
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

        /// <summary>When it was set, in civil time of then.</summary>
        public DateTimeOffset SetAt { get; set; } = setAt;

        public Func<CancellationToken, Task> Work => work;

        public bool CalledOff => calledOff;

        public void Dispose() => calledOff = true;
    }
}
