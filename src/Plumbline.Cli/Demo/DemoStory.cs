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

namespace Plumbline.Cli.Demo;

/// <summary>The stages: a model is built, goes into production, drifts, is corrected and recovers.</summary>
internal sealed class DemoStory(
    DemoCloud cloud,
    LoopContext loop,
    ProjectFolder folder,
    Traffic traffic,
    Digits digits,
    DemoStage stage
)
{
    /// <summary>The rotation of the drifted images, in degrees.</summary>
    public const double Askew = 30;

    private const int RotatedRequests = 640;
    private const int LastRequests = 150;

    // Longer than a measurement's window: earlier traffic is not measured or offered for review again.
    private static readonly TimeSpan NextDay = TimeSpan.FromHours(25);

    // Longer than an alarm's period, shorter than the window.
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(10);

    private readonly DemoFacts facts = new(loop);
    private readonly CapturedPredictions captured = new(loop);
    private readonly IReadOnlyList<Digit> rotatedBase = [.. digits.Base.Select(digit => digit.Rotated(Askew))];
    private readonly IReadOnlyList<Digit> rotatedMeasuring =
    [
        .. digits.Measuring.Select(digit => digit.Rotated(Askew)),
    ];

    public async Task<DemoReport> TellAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var reviewers = new Reviewers(loop, digits.Clean.Concat(rotatedBase));

        await BuildFirstModelAsync(cancellationToken);
        await GoIntoProductionAsync(cancellationToken);
        await MeasureCleanTrafficAsync(reviewers, cancellationToken);
        var (clean, drifted) = await MeasureAsync("before", cancellationToken);
        await DriftAsync(reviewers, cancellationToken);
        await RetrainAsync(cancellationToken);
        await TakeOverAsync(cancellationToken);
        var (cleanAfter, driftedAfter) = await MeasureAsync("after", cancellationToken);
        await HealAsync(reviewers, cancellationToken);

        return new DemoReport
        {
            Accuracy = new DemoAccuracy
            {
                Clean = clean,
                Drifted = drifted,
                AfterRetrainClean = cleanAfter,
                AfterRetrainDrifted = driftedAfter,
            },
            Alarm = await facts.AlarmAsync(cancellationToken),
            Executions = await facts.ExecutionsAsync(cancellationToken),
            ModelVersions = await facts.VersionsAsync(cancellationToken),
            Deployments = await facts.DeploymentsAsync(cancellationToken),
            Requests = new DemoRequests(traffic.Sent, traffic.Failed),
            Labels = new DemoLabels(reviewers.Audit, reviewers.Uncertain, reviewers.Confirmed, reviewers.Corrected),
            Alerts = await facts.AlertsAsync(cancellationToken),
            Seconds = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1),
        };
    }

    private async Task BuildFirstModelAsync(CancellationToken cancellationToken)
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

        stage.Say($"commit {commit[..8]} was built, its {digits.Base.Count} images are in S3, training runs");
        var execution = await ExecutionEndedAsync(1, cancellationToken);
        var version = (await facts.VersionsAsync(cancellationToken))[^1];
        stage.Say(
            $"version {version.Version} ({version.Role}): {version.Metric:0.000} on held-out rows, {execution.Seconds:0.0} s"
        );
    }

    private async Task GoIntoProductionAsync(CancellationToken cancellationToken)
    {
        stage.Begin("A person approves it, and it goes into production");
        await new Approvals(loop).ApproveAsync(
            1,
            "The first model, good enough on held-out rows.",
            cancellationToken: cancellationToken
        );
        await DeployedAsync(1, cancellationToken);
        stage.Say("the endpoint answers, and captures its answers");
    }

    private async Task MeasureCleanTrafficAsync(Reviewers reviewers, CancellationToken cancellationToken)
    {
        stage.Begin("Clean traffic, reviewed: is it right?");
        await SendCapturedAsync(digits.Clean, index => $"clean-{index:0000}", cancellationToken);
        await MonitorAsync(cancellationToken);
        await reviewers.ReviewAuditAsync(int.MaxValue, cancellationToken);
        var report = await MonitorAsync(cancellationToken);
        await AlarmIsAsync(StateValue.Ok, cancellationToken);
        stage.Say($"{report.Explanation} Alarm: OK");
        await cloud.AdvanceAsync(NextDay, cancellationToken);
    }

    private async Task<(double Clean, double Rotated)> MeasureAsync(string when, CancellationToken cancellationToken)
    {
        stage.Begin($"The truth, {when} retraining: {digits.Measuring.Count} images that nobody reviews or trains on");
        var clean = await traffic.SendAsync(digits.Measuring, _ => null, cancellationToken);
        var rotated = await traffic.SendAsync(rotatedMeasuring, _ => null, cancellationToken);
        stage.Say($"clean {clean:0.000}, turned by {Askew:0} degrees {rotated:0.000}");
        await CapturedAsync(cancellationToken);
        await cloud.AdvanceAsync(NextDay, cancellationToken);
        return (clean, rotated);
    }

    private async Task DriftAsync(Reviewers reviewers, CancellationToken cancellationToken)
    {
        stage.Begin("The scanner is mounted askew: traffic drifts, people correct");
        await SendCapturedAsync(
            [.. rotatedBase.Take(RotatedRequests)],
            index => $"askew-{index:0000}",
            cancellationToken
        );
        await MonitorAsync(cancellationToken);
        await reviewers.ReviewAuditAsync(200, cancellationToken);
        await reviewers.ReviewUncertainAsync(200, cancellationToken);
        stage.Say(
            $"{reviewers.Audit} audit and {reviewers.Uncertain} uncertain labels, {reviewers.Corrected} corrected"
        );
        var report = await MonitorAsync(cancellationToken);
        stage.Say(report.Explanation);
        await AlarmIsAsync(StateValue.Alarm, cancellationToken);
        var alerts = await DemoWaits.UntilAsync(
            "the alert",
            async () => await facts.AlertsAsync(cancellationToken) is { Count: > 0 } some ? some : null,
            cancellationToken
        );
        stage.Say($"the alarm went off by itself; people were told ({alerts.Count} alert)");
    }

    private async Task RetrainAsync(CancellationToken cancellationToken)
    {
        stage.Begin("The alarm starts the retraining: old and new at once");
        var execution = await ExecutionEndedAsync(2, cancellationToken);
        var comparison = await ComparisonAsync(execution, cancellationToken);
        stage.Say($"{execution.Seconds:0.0} s. {comparison.Reason}");
    }

    private async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        stage.Begin("The winner is approved and takes over while requests flow");
        var execution = (await facts.ExecutionsAsync(cancellationToken))[^1];
        var comparison = await ComparisonAsync(execution, cancellationToken);
        var winner =
            (await facts.VersionsAsync(cancellationToken)).LastOrDefault(version =>
                version.Role == comparison.Recommended
            ) ?? throw new UserError("the comparison", comparison.Reason);
        using var stop = new CancellationTokenSource();
        var flow = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => traffic.FlowAsync(rotatedBase, stop.Token)));
        await new Approvals(loop).ApproveAsync(winner.Version, comparison.Reason, cancellationToken: cancellationToken);
        await DeployedAsync(winner.Version, cancellationToken);
        await stop.CancelAsync();
        await flow;
        stage.Say(
            $"version {winner.Version} ({winner.Role}) is in production; {traffic.Sent} requests so far, {traffic.Failed} failed"
        );
        await CapturedAsync(cancellationToken);
        await cloud.AdvanceAsync(NextDay, cancellationToken);
    }

    private async Task HealAsync(Reviewers reviewers, CancellationToken cancellationToken)
    {
        stage.Begin("The same drifted traffic, reviewed once more: healed");
        await SendCapturedAsync(
            [.. rotatedBase.Skip(RotatedRequests).Take(LastRequests)],
            // Without an inference id the event's random id is the key: the audit sample differs from run to run.
            index => index % 3 == 0 ? null : $"healed-{index:0000}",
            cancellationToken
        );
        await MonitorAsync(cancellationToken);
        await reviewers.ReviewAuditAsync(90, cancellationToken);
        var report = await MonitorAsync(cancellationToken);
        await AlarmIsAsync(StateValue.Ok, cancellationToken);
        stage.Say($"{report.Explanation} Alarm: OK");
    }

    private async Task SendCapturedAsync(
        IReadOnlyList<Digit> some,
        Func<int, string?> keyOf,
        CancellationToken cancellationToken
    )
    {
        await traffic.SendAsync(some, keyOf, cancellationToken);
        await CapturedAsync(cancellationToken);
        stage.Say($"{some.Count} requests, captured in S3");
    }

    /// <summary>Waits until every answer so far is in S3.</summary>
    private Task CapturedAsync(CancellationToken cancellationToken) =>
        DemoWaits.UntilAsync(
            "data capture",
            async () => await captured.CountAsync(cancellationToken) >= traffic.Captured ? "all" : null,
            cancellationToken
        );

    private async Task<MonitorReport> MonitorAsync(CancellationToken cancellationToken)
    {
        await cloud.AdvanceAsync(Later, cancellationToken);
        return await new MonitorRuns(loop, TimeProvider.System).RunAsync(null, null, cancellationToken);
    }

    private Task AlarmIsAsync(string state, CancellationToken cancellationToken) =>
        DemoWaits.UntilAsync(
            $"alarm {loop.Names.AccuracyAlarm} in state {state}",
            async () => await facts.AlarmStateAsync(cancellationToken) == state ? state : null,
            cancellationToken
        );

    private async Task<DemoExecution> ExecutionEndedAsync(int count, CancellationToken cancellationToken)
    {
        var ended = await DemoWaits.UntilAsync(
            $"execution {count}",
            async () =>
            {
                var all = await facts.ExecutionsAsync(cancellationToken);
                return all.Count >= count && !Execution.Runs(all[count - 1].Status) ? all[count - 1] : null;
            },
            cancellationToken
        );
        return ended.Status == PipelineExecutionStatus.Succeeded
            ? ended
            : throw new UserError(
                ended.Arn,
                $"{ended.Status}: {string.Join(", ", ended.Steps.Where(step => step.Status == StepStatus.Failed).Select(step => step.Name))}"
            );
    }

    private async Task DeployedAsync(long version, CancellationToken cancellationToken)
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

    private async Task<ComparisonReport> ComparisonAsync(
        DemoExecution execution,
        CancellationToken cancellationToken
    ) =>
        await new ModelRegistry(loop).ComparisonAsync(execution.Arn, cancellationToken)
        ?? throw new UserError(execution.Arn, "has no comparison report");
}
