using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Time;

/// <summary>
/// The one scheduler of civil time. Work that a jump of the clock passes over runs at once, in the order it was
/// due; what repeats asks for its next time itself, from the clock as it then is, so that a jump runs it once.
/// </summary>
public sealed class Scheduler : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly CivilClock clock;
    private readonly ILogger<Scheduler> log;
    private readonly Lock gate = new();
    private readonly PriorityQueue<Entry, DateTimeOffset> entries = new();
    private TaskCompletionSource changed = NewSignal();

    public Scheduler(CivilClock clock, ILogger<Scheduler> log)
    {
        this.clock = clock;
        this.log = log;
        clock.Moved += Wake;
    }

    /// <summary>Runs <paramref name="work"/> once, at or soon after <paramref name="due"/>; disposing what is returned calls it off.</summary>
    public IDisposable At(DateTimeOffset due, Func<CancellationToken, Task> work)
    {
        var entry = new Entry(work);
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

    private sealed class Entry(Func<CancellationToken, Task> work) : IDisposable
    {
        private volatile bool calledOff;

        public Func<CancellationToken, Task> Work => work;

        public bool CalledOff => calledOff;

        public void Dispose() => calledOff = true;
    }
}
