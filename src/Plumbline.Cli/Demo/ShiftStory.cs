using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Records;
using Plumbline.Records.Quality;

namespace Plumbline.Cli.Demo;

/// <summary>A model is built, goes into production, its world changes, its errors become known, and it recovers.</summary>
internal sealed class ShiftStory(ShiftSample sample, DemoActs acts)
{
    public const string AfterRetrainClean = "after_retrain_clean";
    public const string AfterRetrainDrifted = "after_retrain_drifted";

    // Longer than a measurement's window: earlier traffic is not measured or offered for review again.
    private static readonly TimeSpan NextDay = TimeSpan.FromHours(25);

    private readonly MetricKind metric = acts.Loop.Project.Metric().Kind;
    private readonly DemoStage stage = acts.Stage;

    private readonly ITruthArrival truths = sample.TruthsAreImported
        ? new ImportedTruths(acts.Loop, acts.Scratch)
        : new ReviewedTruths(
            acts,
            new Reviewers(acts.Loop, sample.Clean.Traffic.Concat(sample.Drifted.Traffic).Concat(sample.Healed.Traffic))
        );

    public async Task<DemoReport> TellAsync(CancellationToken cancellationToken)
    {
        await acts.BuildFirstModelAsync(sample.BaseData, cancellationToken);
        await acts.GoIntoProductionAsync(cancellationToken);
        await MeasureCleanTrafficAsync(cancellationToken);
        var before = await MeasureAsync("before", cancellationToken);
        await DriftAsync(cancellationToken);
        await RecoverAsync(cancellationToken);
        var after = await MeasureAsync("after", cancellationToken);
        await HealAsync(cancellationToken);

        var report = await acts.ReportAsync(sample, truths.Labels, cancellationToken);
        return report with
        {
            Figures = new Dictionary<string, double>
            {
                ["clean"] = before.Clean,
                ["drifted"] = before.Drifted,
                [AfterRetrainDrifted] = after.Drifted,
                [AfterRetrainClean] = after.Clean,
            },
            Table = new DemoTable(
                ["", "clean", sample.Changed],
                [
                    ["first model", metric.Text(before.Clean), metric.Text(before.Drifted)],
                    ["after the loop", metric.Text(after.Clean), metric.Text(after.Drifted)],
                ]
            ),
        };
    }

    private async Task MeasureCleanTrafficAsync(CancellationToken cancellationToken)
    {
        stage.Begin(
            sample.TruthsAreImported
                ? "Clean traffic, and the truth: is it right?"
                : "Clean traffic, reviewed: is it right?"
        );
        await PassAsync(sample.Clean, index => $"clean-{index:0000}", cancellationToken);
        var report = await acts.MonitorAsync(cancellationToken);
        await acts.AlarmIsAsync(StateValue.Ok, cancellationToken);
        stage.Say($"{report.Explanation} Alarm: OK");
        await acts.AdvanceAsync(NextDay, cancellationToken);
    }

    private async Task<(double Clean, double Drifted)> MeasureAsync(string when, CancellationToken cancellationToken)
    {
        stage.Begin(
            $"The truth, {when} retraining: {sample.MeasuringClean.Count} {sample.Examples} that nobody reviews or trains on"
        );
        var ofClean = await AnswersAsync(sample.MeasuringClean, cancellationToken);
        var ofDrifted = await AnswersAsync(sample.MeasuringDrifted, cancellationToken);
        var (clean, drifted) = (ofClean.Figure, ofDrifted.Figure);
        stage.Say($"clean {metric.Text(clean)}, {sample.Changed} {metric.Text(drifted)}");
        if (metric is { Name: not MetricKind.Accuracy, Task: TaskKind.Classification })
        {
            stage.Say($"right answers: clean {ofClean.Accuracy:0.000}, {sample.Changed} {ofDrifted.Accuracy:0.000}");
        }

        await acts.CapturedAsync(cancellationToken);
        await acts.AdvanceAsync(NextDay, cancellationToken);
        return (clean, drifted);
    }

    private Task<DemoAnswers> AnswersAsync(IReadOnlyList<DemoExample> examples, CancellationToken cancellationToken)
    {
        var requests = examples.Chunk(sample.MeasuringRows).ToList<IReadOnlyList<DemoExample>>();
        return acts.Traffic.SendRowsAsync(requests, _ => null, cancellationToken);
    }

    private async Task DriftAsync(CancellationToken cancellationToken)
    {
        stage.Begin(
            $"{sample.Change}: traffic drifts, {(sample.TruthsAreImported ? "the truth arrives" : "people correct")}"
        );
        await PassAsync(sample.Drifted, index => $"drifted-{index:0000}", cancellationToken);
        var labels = truths.Labels;
        stage.Say(
            sample.TruthsAreImported
                ? $"{labels.Audit} truths so far, {labels.Corrected} of them are not what the model said"
                : $"{labels.Audit} audit and {labels.Uncertain} uncertain labels, {labels.Corrected} corrected"
        );
        var report = await acts.MonitorAsync(cancellationToken);
        stage.Say(report.Explanation);
        stage.Say(
            $"the alarm went off by itself; people were told ({await acts.AlertedAsync(cancellationToken)} alert)"
        );
    }

    /// <summary>Requests flow while the winner is deployed; a policy begins with that as soon as the training ends.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        if (!acts.ApprovesItself)
        {
            await RetrainAsync(cancellationToken);
        }

        await acts.WhileRequestsFlowAsync(
            sample.Drifted.Traffic,
            async () =>
            {
                if (acts.ApprovesItself)
                {
                    await RetrainAsync(cancellationToken);
                }

                await TakeOverAsync(cancellationToken);
            }
        );
        stage.Say($"{acts.Traffic.Sent} requests so far, {acts.Traffic.Failed} failed");
        await acts.CapturedAsync(cancellationToken);
        await acts.AdvanceAsync(NextDay, cancellationToken);
    }

    private async Task RetrainAsync(CancellationToken cancellationToken)
    {
        stage.Begin("The alarm starts the retraining: old and new at once");
        var execution = await acts.ExecutionEndedAsync(2, cancellationToken);
        var comparison = await acts.ComparisonAsync(execution, cancellationToken);
        stage.Say($"{execution.Seconds:0.0} s. {comparison.Reason}");
    }

    private async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        stage.Begin("The winner is approved and takes over while requests flow");
        var execution = (await acts.Facts.ExecutionsAsync(cancellationToken))[^1];
        var comparison = await acts.ComparisonAsync(execution, cancellationToken);
        var winner =
            await acts.WinnerAsync(comparison, cancellationToken)
            ?? throw new UserError("the comparison", comparison.Reason);
        await acts.ApproveAsync(winner.Version, comparison.Reason, cancellationToken);
        await acts.DeployedAsync(winner.Version, cancellationToken);
        stage.Say($"version {winner.Version} ({winner.Role}) is in production");
    }

    private async Task HealAsync(CancellationToken cancellationToken)
    {
        stage.Begin("The same drifted traffic, and its truth, once more: healed");
        await PassAsync(
            sample.Healed,
            // Without an inference id the event's random id is the key: the audit sample differs from run to run. A
            // system that delivers truths needs the key.
            index => index % 3 == 0 && !sample.TruthsAreImported ? null : $"healed-{index:0000}",
            cancellationToken
        );
        var report = await acts.MonitorAsync(cancellationToken);
        await acts.AlarmIsAsync(StateValue.Ok, cancellationToken);
        stage.Say($"{report.Explanation} Alarm: OK");
    }

    /// <summary>Sends the traffic of a phase, and then lets its truths arrive.</summary>
    private async Task PassAsync(DemoPhase phase, Func<int, string?> keyOf, CancellationToken cancellationToken)
    {
        var answers = await acts.SendCapturedAsync(
            phase.Traffic,
            index => phase.Traffic[index].Key ?? keyOf(index),
            cancellationToken
        );
        stage.Say($"{phase.Traffic.Count} requests, captured in S3");
        await truths.ArriveAsync(phase, answers, cancellationToken);
    }
}
