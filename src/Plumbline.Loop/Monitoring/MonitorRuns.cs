using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.Monitoring;

/// <summary>Runs of the monitor pipeline, and their reports.</summary>
public sealed class MonitorRuns(LoopContext loop, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The newest published reports, oldest first.</summary>
    public async Task<IReadOnlyList<MonitorReport>> ReportsAsync(
        int most = int.MaxValue,
        CancellationToken cancellationToken = default
    )
    {
        var keys = await loop
            .Bucket.ListAsync(Layout.MonitorRuns, cancellationToken: cancellationToken)
            .Select(item => item.Key)
            .Where(key => key.EndsWith("/report.json", StringComparison.Ordinal))
            .ToListAsync(cancellationToken);
        var newest = keys.TakeLast(most).ToList();
        var texts = await loop.Bucket.TextsAsync(newest, cancellationToken);
        return [.. newest.Zip(texts, (key, text) => RecordJson.Read<MonitorReport>(text!, key))];
    }

    /// <summary>The labels wanted after the newest measurement; null before the first.</summary>
    public async Task<LabelsWanted?> WantedAsync(CancellationToken cancellationToken = default) =>
        await ReportsAsync(most: 1, cancellationToken) is [var newest] ? LabelsWanted.Of(loop.Project, newest) : null;

    /// <summary>Starts a run and waits for its report.</summary>
    /// <param name="from">The start of a past window, which is not published; null takes the schedule's window.</param>
    /// <param name="to">The end of the past window.</param>
    /// <param name="cancellationToken">Ends the waiting, not the run.</param>
    /// <exception cref="UserError">The run failed; the message has the reason.</exception>
    public async Task<MonitorReport> RunAsync(
        DateTimeOffset? from,
        DateTimeOffset? to,
        CancellationToken cancellationToken = default
    )
    {
        var input = new JsonObject { ["PipelineName"] = loop.Names.MonitorPipeline };
        var isReplay = from is not null && to is not null;
        if (isReplay)
        {
            input["PipelineParameters"] = new JsonArray(
                new JsonObject { ["Name"] = MonitorPipeline.From, ["Value"] = from!.Value.ToString("O") },
                new JsonObject { ["Name"] = MonitorPipeline.To, ["Value"] = to!.Value.ToString("O") }
            );
        }

        var started = await loop.Clients.SageMaker.StartPipelineExecutionAsync(input, cancellationToken);
        var execution = await EndedAsync(started.PipelineExecutionArn, cancellationToken);
        if (execution.PipelineExecutionStatus != PipelineExecutionStatus.Succeeded)
        {
            throw new UserError(loop.Names.MonitorPipeline, await FailureAsync(execution, cancellationToken));
        }

        // Its own report, by the time that it was started for: another run may have ended in the meantime.
        var at = execution.CreationTime;
        var key = (isReplay ? Layout.MonitorReplay(at < to ? to!.Value : at) : Layout.MonitorRun(at)) + "report.json";
        return await loop.Bucket.FindTextAsync(key, cancellationToken) is { } text
            ? RecordJson.Read<MonitorReport>(text, key)
            : throw new UserError(loop.Names.MonitorPipeline, $"the run succeeded, but its report {key} is missing");
    }

    private async Task<DescribePipelineExecutionResponse> EndedAsync(string arn, CancellationToken cancellationToken)
    {
        var input = new JsonObject { ["PipelineExecutionArn"] = arn };
        return await new Polling(time, Pause).UntilAsync(
            async () =>
            {
                var execution = await loop.Clients.SageMaker.DescribePipelineExecutionAsync(input, cancellationToken);
                return Execution.Runs(execution.PipelineExecutionStatus) ? null : execution;
            },
            cancellationToken
        );
    }

    private async Task<string> FailureAsync(
        DescribePipelineExecutionResponse execution,
        CancellationToken cancellationToken
    )
    {
        var listed = await loop.Clients.SageMaker.ListPipelineExecutionStepsAsync(
            new JsonObject { ["PipelineExecutionArn"] = execution.PipelineExecutionArn },
            cancellationToken
        );
        var failed = listed.PipelineExecutionSteps.FirstOrDefault(step => step.FailureReason is not null);
        return failed?.FailureReason ?? execution.FailureReason ?? "the run failed";
    }
}
