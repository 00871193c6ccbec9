using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;

namespace Plumbline.Loop.Status;

/// <summary>The state of the whole loop, for one screen.</summary>
/// <param name="Build">The newest build: its status and what started it.</param>
/// <param name="Execution">The newest execution of the training pipeline: its status and id.</param>
/// <param name="Waiting">The versions that wait for a person's decision.</param>
/// <param name="Production">The model in production; null without an endpoint.</param>
/// <param name="Measured">The newest measurement; null before the first.</param>
/// <param name="Alarm">The state of the alarm on the figure.</param>
/// <param name="LastAct">The newest act of the history; null before the first.</param>
/// <param name="SetAside">Lines of the review lists that cannot be read.</param>
/// <param name="Danger">A problem that a person must solve now, with its solution; null if none is known.</param>
public sealed record LoopStatus(
    string? Build,
    string? Execution,
    IReadOnlyList<long> Waiting,
    Production? Production,
    MonitorReport? Measured,
    string? Alarm,
    HistoryEntry? LastAct,
    SetAside SetAside,
    string? Danger = null
)
{
    /// <summary>Problems of the local cloud itself, as sentences; the CLI adds them.</summary>
    public IReadOnlyList<string> HomeTroubles { get; init; } = [];

    /// <summary>The metric that the project measures.</summary>
    public MetricKind Kind { get; init; } = MetricKind.Of(MetricKind.Accuracy);

    /// <summary>True if truth comes for every prediction, so that people need not review.</summary>
    public bool LabelsAreComplete { get; init; }

    /// <summary>True if the newest execution of the training pipeline failed.</summary>
    public bool IsTrainingFailed =>
        Execution?.StartsWith($"{PipelineExecutionStatus.Failed} ", StringComparison.Ordinal) == true;

    /// <summary>The next step for a person, in one sentence.</summary>
    public string Next =>
        Danger is not null ? Danger
        : Execution is null ? "Nothing was trained yet: `plumb push` starts the first training."
        : Execution.StartsWith(PipelineExecutionStatus.Executing, StringComparison.Ordinal)
            ? "A training runs: `plumb steps` shows it."
        : Waiting.Count > 0
            ? $"Version {Waiting[^1]} awaits a decision: `plumb models`, then `plumb approve {Waiting[^1]} --reason ...`."
        : Production is null && IsTrainingFailed
            ? "The training failed: `plumb steps` says why. `plumb retrain` repeats it, and a push trains another commit."
        : Production is null ? "Nothing is in production: approve a version (`plumb models`)."
        : Alarm == StateValue.Alarm
            ? $"{Kind.Words} is {Kind.WrongSide} the threshold: `plumb history` says what the governor decided."
        : LabelsAreComplete ? "Nothing to do: truth comes by itself (`monitor.labels: complete`)."
        : "Nothing to do. Labels improve the measurement and the next model: `plumb predictions --list audit`.";

    public static async Task<LoopStatus> ReadAsync(LoopContext loop, CancellationToken cancellationToken = default)
    {
        var versions =
            await OrNullAsync(async () =>
                (IReadOnlyList<ModelVersion>?)await new ModelRegistry(loop).ListAsync(cancellationToken)
            ) ?? [];
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var reports = await new MonitorRuns(loop, TimeProvider.System).ReportsAsync(most: 1, cancellationToken);
        return new LoopStatus(
            await OrNullAsync(() => BuildAsync(loop, cancellationToken)),
            await OrNullAsync(() => ExecutionAsync(loop, cancellationToken)),
            [.. ModelRegistry.Waiting(versions).Select(version => version.Version)],
            production,
            reports is [.., var newest] ? newest : null,
            await AlarmAsync(loop, cancellationToken),
            await loop.History.ReadAsync(most: 1, cancellationToken) is [.., var last] ? last : null,
            await new Reviews(loop).SetAsideAsync(cancellationToken),
            await DangerAsync(
                loop,
                versions.FirstOrDefault(version => version.Arn == production?.PackageArn),
                cancellationToken
            )
        )
        {
            Kind = loop.Project.Quality.Kind(),
            LabelsAreComplete = loop.Project.Monitor.LabelsAreComplete(),
        };
    }

    private static async Task<string?> DangerAsync(
        LoopContext loop,
        ModelVersion? live,
        CancellationToken cancellationToken
    )
    {
        if (live?.Status != ModelApprovalStatus.Rejected)
        {
            return null;
        }

        var entries = await new Ledger(loop).ReadAsync(cancellationToken);
        var back = await new EarlierVersions(loop).FindAsync(entries, live.Arn, cancellationToken);
        return $"Version {live.Version} is rejected and still in production ({live.StatusReason}): "
            + (
                back is null
                    ? "no earlier deployed version is still approved, so approve another one (`plumb models`)."
                    : $"`plumb rollback --reason ...` goes back to version {back.Model.Version}."
            );
    }

    /// <summary>Null for a resource that does not exist yet.</summary>
    private static async Task<T?> OrNullAsync<T>(Func<Task<T?>> askAsync)
        where T : class
    {
        try
        {
            return await askAsync();
        }
        catch (AwsException missing) when (missing.Status is 400 or 404)
        {
            return null;
        }
    }

    private static async Task<string?> BuildAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var project = new JsonObject { ["projectName"] = loop.Names.BuildProject };
        var listed = await loop.Clients.CodeBuild.ListBuildsForProjectAsync(project, cancellationToken);
        if (listed.Ids.FirstOrDefault() is not { } id)
        {
            return null;
        }

        var got = await loop.Clients.CodeBuild.BatchGetBuildsAsync(
            new JsonObject { ["ids"] = new JsonArray(id) },
            cancellationToken
        );
        var build = got.Builds.First();
        return $"{build.BuildStatus} #{build.BuildNumber}";
    }

    private static async Task<string?> ExecutionAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var listed = await loop.Clients.SageMaker.ListPipelineExecutionsAsync(
            new JsonObject
            {
                ["PipelineName"] = loop.Names.TrainingPipeline,
                ["SortBy"] = "CreationTime",
                ["SortOrder"] = "Descending",
                ["MaxResults"] = 1,
            },
            cancellationToken
        );
        var newest = listed.PipelineExecutionSummaries.FirstOrDefault();
        return newest is null
            ? null
            : $"{newest.PipelineExecutionStatus} {Arn.NameOf(newest.PipelineExecutionArn)} ({newest.PipelineExecutionDisplayName})";
    }

    private static async Task<string?> AlarmAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var alarms = await loop.Clients.CloudWatch.DescribeAlarmsAsync(
            new JsonObject { ["AlarmNames"] = new JsonArray(loop.Names.AccuracyAlarm) },
            cancellationToken
        );
        return alarms.MetricAlarms.FirstOrDefault()?.StateValue;
    }
}
