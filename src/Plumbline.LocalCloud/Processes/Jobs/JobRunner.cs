using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>Runs the jobs of one kind: those that are created, and on start those that an earlier server left.</summary>
internal abstract class JobRunner(string kind, JobTools tools) : BackgroundService
{
    private readonly ConcurrentDictionary<string, JobRun> runs = new();
    private readonly ConcurrentDictionary<Task, string> running = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Slots slots = Slots.OfThisMachine();

    /// <summary>Runs a job that was just created, durably.</summary>
    public void Begin(string name) => Start(name);

    /// <summary>Ends a job that somebody asked, durably, to stop.</summary>
    public void Stop(string name)
    {
        if (runs.TryGetValue(name, out var run))
        {
            run.Stop();
        }
    }

    /// <summary>The names of the jobs that are not over.</summary>
    protected abstract IReadOnlyList<string> Unfinished();

    /// <summary>True where there is such a job and it is not over.</summary>
    protected abstract bool IsUnfinished(string name);

    /// <summary>A job by its name.</summary>
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
            // When this server closes the job goes on, and the next server takes it up.
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
