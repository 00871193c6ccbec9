using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Status;
using Plumbline.Loop.Training;

namespace Plumbline.Cli.Demo;

/// <summary>Reads the results from the cloud itself, over AWS's API: the report has nothing from memory.</summary>
internal sealed class DemoFacts(LoopContext loop)
{
    public async Task<IReadOnlyList<DemoAlarmChange>> AlarmAsync(CancellationToken cancellationToken)
    {
        var input = new JsonObject
        {
            ["AlarmName"] = loop.Names.AccuracyAlarm,
            ["HistoryItemType"] = "StateUpdate",
            ["ScanBy"] = "TimestampAscending",
        };
        var changes = new List<DemoAlarmChange>();
        var history = loop.Clients.CloudWatch.DescribeAlarmHistoryPagedAsync(input, cancellationToken);
        await foreach (var change in history)
        {
            var data = JsonNode.Parse(change.HistoryData ?? "{}")!;
            changes.Add(
                new DemoAlarmChange(
                    change.Timestamp,
                    (string?)data["oldState"]?["stateValue"] ?? "",
                    (string?)data["newState"]?["stateValue"] ?? ""
                )
            );
        }

        return changes;
    }

    public async Task<string> AlarmStateAsync(CancellationToken cancellationToken)
    {
        var answer = await loop.Clients.CloudWatch.DescribeAlarmsAsync(
            new JsonObject { ["AlarmNames"] = new JsonArray(loop.Names.AccuracyAlarm) },
            cancellationToken
        );
        return answer.MetricAlarms.First().StateValue;
    }

    /// <summary>The executions of the training pipeline, oldest first.</summary>
    public async Task<IReadOnlyList<DemoExecution>> ExecutionsAsync(CancellationToken cancellationToken)
    {
        var executions = new List<DemoExecution>();
        await foreach (var summary in SummariesAsync(cancellationToken))
        {
            executions.Add(await ExecutionAsync(summary, cancellationToken));
        }

        return executions;
    }

    /// <summary>One execution of the training pipeline; null before its end.</summary>
    /// <param name="number">Its place, from 1 for the oldest.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<DemoExecution?> EndedExecutionAsync(int number, CancellationToken cancellationToken) =>
        await SummariesAsync(cancellationToken).Skip(number - 1).FirstOrDefaultAsync(cancellationToken) is { } summary
        && !Execution.Runs(summary.PipelineExecutionStatus)
            ? await ExecutionAsync(summary, cancellationToken)
            : null;

    public async Task<IReadOnlyList<DemoModelVersion>> VersionsAsync(CancellationToken cancellationToken) =>
        [
            .. (await new ModelRegistry(loop).EvaluatedAsync(cancellationToken)).Select(version => new DemoModelVersion(
                version.Model.Version,
                version.Model.Role,
                version.Evaluation?.Recent.Value ?? version.Evaluation?.Base.Value,
                version.Model.Status
            )),
        ];

    public async Task<IReadOnlyList<DemoDeployment>> DeploymentsAsync(CancellationToken cancellationToken) =>
        [
            .. (await new Ledger(loop).ReadAsync(cancellationToken)).Select(entry => new DemoDeployment(
                entry.EndpointConfig,
                entry.Outcome
            )),
        ];

    /// <summary>The alerts that people got.</summary>
    public async Task<IReadOnlyList<string>> AlertsAsync(CancellationToken cancellationToken)
    {
        var group = $"sns/{loop.Names.Region}/{loop.Names.Account}/{loop.Names.Topic}";
        return await new LoopLogs(loop).ReadAsync(group, streamPrefix: null, cancellationToken);
    }

    private IAsyncEnumerable<PipelineExecutionSummary> SummariesAsync(CancellationToken cancellationToken) =>
        loop.Clients.SageMaker.ListPipelineExecutionsPagedAsync(
            new JsonObject
            {
                ["PipelineName"] = loop.Names.TrainingPipeline,
                ["SortBy"] = "CreationTime",
                ["SortOrder"] = "Ascending",
            },
            cancellationToken
        );

    private async Task<DemoExecution> ExecutionAsync(
        PipelineExecutionSummary summary,
        CancellationToken cancellationToken
    )
    {
        var arn = summary.PipelineExecutionArn;
        var listed = await loop.Clients.SageMaker.ListPipelineExecutionStepsAsync(
            new JsonObject { ["PipelineExecutionArn"] = arn, ["SortOrder"] = "Ascending" },
            cancellationToken
        );
        var steps = listed
            .PipelineExecutionSteps.Select(step => new DemoStep(
                step.StepName,
                step.StepStatus,
                step.StartTime,
                step.EndTime
            )
            {
                Failure = step.FailureReason,
            })
            .ToList();
        var last = steps.Max(step => step.End);
        var seconds = (last - summary.StartTime)?.TotalSeconds ?? 0;
        return new DemoExecution(arn, summary.PipelineExecutionStatus, Math.Round(seconds, 3), steps);
    }
}
