using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Approval;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Project;
using Plumbline.Loop.Pushing;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Comparison;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Cli.Demo;

/// <summary>The acts that every story is made of: each does or awaits one thing in the running loop.</summary>
internal sealed class DemoActs(DemoCloud cloud, LoopContext loop, ProjectFolder folder, DemoStage stage)
{
    private const int Clients = 4;

    // Longer than an alarm's period, shorter than the window.
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(10);

    private readonly CapturedPredictions captured = new(loop);

    public LoopContext Loop => loop;

    public DemoStage Stage => stage;

    public Traffic Traffic { get; } = new(loop);

    public DemoFacts Facts { get; } = new(loop);

    /// <summary>True if the project's policy approves the winner; false if a person does.</summary>
    public bool ApprovesItself => loop.Project.Approval == ApprovalPolicy.Recommended;

    /// <summary>A folder for files of the demo's own, which are gone with the demo.</summary>
    public string Scratch => Path.GetDirectoryName(folder.Root)!;

    /// <summary>Pushes the project; its build starts the first training.</summary>
    /// <param name="baseData">The base data in words.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task BuildFirstModelAsync(string baseData, CancellationToken cancellationToken)
    {
        stage.Begin("A commit builds the first model");
        var tree = new WorkTree(folder.Root);
        var commit = (await tree.HeadAsync(cancellationToken))!;
        using var inputs = await TrainingInputs.OfAsync(folder, commit, cancellationToken);
        var url = await new ResourceApplier(loop).ApplyAsync(inputs, null, cancellationToken);
        var helper =
            $"!'{Path.Combine(AppContext.BaseDirectory, "plumb")}' git-credential --data '{cloud.Data.FullName}'";
        await tree.PushAsync(url, LoopNames.DefaultBranch, helper, cancellationToken);
        var build = await new BuildWaiter(loop, TimeProvider.System).OfCommitAsync(commit, null, cancellationToken);
        if (!build.Succeeded)
        {
            throw new UserError(build.Id, $"{build.Failure}\n{string.Join('\n', build.Lines.TakeLast(10))}");
        }

        stage.Say($"commit {commit[..8]} was built, its {baseData} are in S3, training runs");
        var execution = await ExecutionEndedAsync(1, cancellationToken);
        var version = (await Facts.VersionsAsync(cancellationToken))[^1];
        stage.Say(
            $"version {version.Version} ({version.Role}): {version.Metric:0.000} on held-out rows, {execution.Seconds:0.0} s"
        );
    }

    /// <summary>Approves the first version, unless the project's policy does, and waits for its deployment.</summary>
    public async Task GoIntoProductionAsync(CancellationToken cancellationToken)
    {
        stage.Begin($"{(ApprovesItself ? "The policy" : "A person")} approves it, and it goes into production");
        await ApproveAsync(1, "The first model, good enough on held-out rows.", cancellationToken);
        await DeployedAsync(1, cancellationToken);
        stage.Say("the endpoint answers, and captures its answers");
    }

    /// <summary>Approves a version as a person; the policy of the project, if it has one, does it by itself.</summary>
    public Task ApproveAsync(long version, string reason, CancellationToken cancellationToken) =>
        ApprovesItself
            ? Task.CompletedTask
            : new Approvals(loop).ApproveAsync(version, reason, cancellationToken: cancellationToken);

    /// <summary>Sends each example once, and waits until the answers are captured.</summary>
    public async Task<DemoAnswers> SendCapturedAsync(
        IReadOnlyList<DemoExample> some,
        Func<int, string?> keyOf,
        CancellationToken cancellationToken
    )
    {
        var answers = await Traffic.SendAsync(some, keyOf, cancellationToken);
        await CapturedAsync(cancellationToken);
        return answers;
    }

    /// <summary>Waits until every answer so far is in S3.</summary>
    public Task CapturedAsync(CancellationToken cancellationToken) =>
        DemoWaits.UntilAsync(
            "data capture",
            async () => await captured.CountAsync(cancellationToken) >= Traffic.Captured ? "all" : null,
            cancellationToken
        );

    /// <summary>Moves the cloud's time forward.</summary>
    public Task AdvanceAsync(TimeSpan step, CancellationToken cancellationToken) =>
        cloud.AdvanceAsync(step, cancellationToken);

    /// <summary>Measures, some minutes later.</summary>
    public async Task<MonitorReport> MonitorAsync(CancellationToken cancellationToken)
    {
        await cloud.AdvanceAsync(Later, cancellationToken);
        return await new MonitorRuns(loop, TimeProvider.System).RunAsync(null, null, cancellationToken);
    }

    public Task AlarmIsAsync(string state, CancellationToken cancellationToken) =>
        DemoWaits.UntilAsync(
            $"alarm {loop.Names.AccuracyAlarm} in state {state}",
            async () => await Facts.AlarmStateAsync(cancellationToken) == state ? state : null,
            cancellationToken
        );

    /// <summary>Waits until people were alerted.</summary>
    /// <returns>The number of alerts.</returns>
    public async Task<int> AlertedAsync(CancellationToken cancellationToken)
    {
        await AlarmIsAsync(StateValue.Alarm, cancellationToken);
        var alerts = await DemoWaits.UntilAsync(
            "the alert",
            async () => await Facts.AlertsAsync(cancellationToken) is { Count: > 0 } some ? some : null,
            cancellationToken
        );
        return alerts.Count;
    }

    /// <summary>Waits for the end of a training.</summary>
    /// <param name="count">The number of the execution, from 1.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="UserError">The execution failed.</exception>
    public async Task<DemoExecution> ExecutionEndedAsync(int count, CancellationToken cancellationToken)
    {
        var ended = await DemoWaits.UntilAsync(
            $"execution {count}",
            () => Facts.EndedExecutionAsync(count, cancellationToken),
            cancellationToken
        );
        return ended.Status == PipelineExecutionStatus.Succeeded
            ? ended
            : throw new UserError(
                ended.Arn,
                $"{ended.Status}: {string.Join(", ", ended.Steps.Where(step => step.Status == StepStatus.Failed).Select(step => $"{step.Name}: {step.Failure}"))}"
            );
    }

    /// <exception cref="UserError">The deployment did not succeed.</exception>
    public async Task DeployedAsync(long version, CancellationToken cancellationToken)
    {
        var entry = await DemoWaits.UntilAsync(
            $"the deployment of version {version}",
            async () =>
                (await new Ledger(loop).ReadAsync(cancellationToken)).LastOrDefault(one => one.Version == version),
            cancellationToken
        );
        if (!entry.Deployed)
        {
            throw new UserError($"version {version}", entry.Detail ?? entry.Outcome);
        }
    }

    /// <summary>Does something while clients send requests without a pause.</summary>
    public async Task WhileRequestsFlowAsync(IReadOnlyList<DemoExample> examples, Func<Task> doAsync)
    {
        using var stop = new CancellationTokenSource();
        var flow = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Traffic.FlowAsync(examples, stop.Token)));
        try
        {
            await doAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await flow;
        }
    }

    public async Task<ComparisonReport> ComparisonAsync(DemoExecution execution, CancellationToken cancellationToken) =>
        await new ModelRegistry(loop).ComparisonAsync(execution.Arn, cancellationToken)
        ?? throw new UserError(execution.Arn, "has no comparison report");

    /// <summary>The version that a comparison recommends; null if it keeps production.</summary>
    public async Task<DemoModelVersion?> WinnerAsync(
        ComparisonReport comparison,
        CancellationToken cancellationToken
    ) =>
        (await Facts.VersionsAsync(cancellationToken)).LastOrDefault(version => version.Role == comparison.Recommended);

    /// <summary>The report of what the cloud recorded.</summary>
    public async Task<DemoReport> ReportAsync(
        DemoSample sample,
        DemoLabels labels,
        CancellationToken cancellationToken
    ) =>
        new()
        {
            Sample = sample.Name,
            Metric = loop.Project.Metric().Kind,
            Bars = sample.Bars,
            Alarm = await Facts.AlarmAsync(cancellationToken),
            Executions = await Facts.ExecutionsAsync(cancellationToken),
            ModelVersions = await Facts.VersionsAsync(cancellationToken),
            Deployments = await Facts.DeploymentsAsync(cancellationToken),
            Requests = new DemoRequests(Traffic.Sent, Traffic.Failed),
            Labels = labels,
            Alerts = await Facts.AlertsAsync(cancellationToken),
            Seconds = Math.Round(stage.Elapsed.TotalSeconds, 1),
        };
}
