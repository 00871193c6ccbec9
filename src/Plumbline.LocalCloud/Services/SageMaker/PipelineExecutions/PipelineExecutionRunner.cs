using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;
using Plumbline.LocalCloud.Time;
using Log = Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running.Log;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions;

/// <summary>Runs executions. When the local cloud starts, it resumes the executions that were in progress.</summary>
internal sealed class PipelineExecutionRunner(RunSurroundings surroundings) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (ExecutionRun Run, Task Ended)> runs = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Runs a stored execution, unless it runs already.</summary>
    public void Begin(string arn)
    {
        lock (runs)
        {
            if (!runs.ContainsKey(arn) && !stopping.IsCancellationRequested)
            {
                var run = new ExecutionRun(arn, surroundings);
                runs[arn] = (run, Task.Run(() => RunAsync(arn, run), CancellationToken.None));
            }
        }
    }

    /// <summary>Makes a running execution act on a change of its stored state.</summary>
    public void Wake(string arn)
    {
        if (runs.TryGetValue(arn, out var running))
        {
            running.Run.Wake();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(runs.Values.Select(running => running.Ended));
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        stopping.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Rounds.Each(surroundings.Logger, surroundings.Store.Active(), Begin);
        return Task.CompletedTask;
    }

    private async Task PauseAsync()
    {
        try
        {
            await ProcessTime.Delay(AfterFailure, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The local cloud stops.
        }
    }

    private async Task RunAsync(string arn, ExecutionRun run)
    {
        try
        {
            await run.RunAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The local cloud stops; its next start resumes the execution.
        }
        catch (Exception exception)
        {
            Log.RunFailed(surroundings.Logger, arn, exception);
            await PauseAsync();
        }
        finally
        {
            lock (runs)
            {
                runs.TryRemove(arn, out _);
            }
        }

        // The execution may have been retried between its end and this line.
        if (!stopping.IsCancellationRequested && surroundings.Store.TryFind(arn) is { IsActive: true })
        {
            Begin(arn);
        }
    }
}
