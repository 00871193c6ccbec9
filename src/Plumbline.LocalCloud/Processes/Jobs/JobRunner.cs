using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>Runs the jobs of one kind: new ones, and at start those that an earlier server left.</summary>
internal abstract class JobRunner(string kind, JobTools tools) : BackgroundService
{
    private readonly ConcurrentDictionary<string, JobRun> runs = new();
    private readonly ConcurrentDictionary<Task, string> running = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Slots slots = Slots.OfThisMachine();

    /// <summary>Runs a job that was just stored.</summary>
    public void Begin(string name) => Start(name);

    /// <summary>Stops a job whose stop request was stored.</summary>
    public void Stop(string name)
    {
        if (runs.TryGetValue(name, out var run))
        {
            run.Stop();
        }
    }

    /// <summary>The names of the unfinished jobs.</summary>
    protected abstract IReadOnlyList<string> Unfinished();

    /// <summary>True if the job exists and is unfinished.</summary>
    protected abstract bool IsUnfinished(string name);

    /// <summary>Returns a job by its name.</summary>
    protected abstract IContainerJob Open(string name);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = stoppingToken.Register(stopped.SetResult);
        tools.Sweep(kind, IsUnfinished);
        Rounds.Each(tools.Logger, Unfinished(), Start);
        await stopped.Task;
        await closing.CancelAsync();
        await Task.WhenAll(running.Keys);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        closing.Dispose();
        base.Dispose();
    }

    private void Start(string name)
    {
        var run = new JobRun(Open(name), tools, slots);
        if (runs.TryAdd(name, run))
        {
            var task = Task.Run(() => RunAsync(name, run), CancellationToken.None);
            running[task] = name;
            _ = task.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task RunAsync(string name, JobRun run)
    {
        try
        {
            await run.RunAsync(closing.Token);
        }
        catch (Exception exception)
        {
            // When this server stops, the job goes on, and the next server resumes it.
            if (!closing.IsCancellationRequested)
            {
                Log.JobLost(tools.Logger, name, exception);
            }
        }
        finally
        {
            runs.TryRemove(name, out _);
        }
    }
}
