using System.Globalization;
using Plumbline.Loop.Monitoring;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;

namespace Plumbline.Cli.Demo;

/// <summary>
/// A model goes into production and months pass. After each month its truths arrive and the schedule measures; if the
/// figure misses the threshold, the loop retrains, approves by its policy, and deploys.
/// </summary>
internal sealed class MonthsStory(MonthsSample sample, DemoActs acts)
{
    /// <summary>The figure of the loop as a share of the figure of never retraining.</summary>
    public const string Ratio = "ratio";

    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    private readonly MetricKind metric = acts.Loop.Project.Metric().Kind;
    private readonly DemoStage stage = acts.Stage;
    private readonly MonitorRuns monitor = new(acts.Loop, TimeProvider.System);
    private readonly ImportedTruths truths = new(acts.Loop, acts.Scratch);
    private readonly List<JudgedRow> served = [];
    private readonly List<JudgedRow> neverRetrained = [];
    private readonly List<string[]> table = [];
    private readonly List<DemoAlarmChange> alarm = [];
    private int executions = 1;
    private DateTimeOffset measured;
    private long production = 1;

    public async Task<DemoReport> TellAsync(CancellationToken cancellationToken)
    {
        await acts.BuildFirstModelAsync(sample.BaseData, cancellationToken);
        await acts.GoIntoProductionAsync(cancellationToken);
        var never = await AskFirstModelAsync(cancellationToken);
        stage.Begin("Months pass: truths arrive, the schedule measures, the alarm retrains");
        foreach (var (month, first) in sample.Months.Zip(never))
        {
            await PassAsync(month, first, cancellationToken);
        }

        var loop = DemoAnswers.FigureOf(acts.Loop.Project, served);
        var still = DemoAnswers.FigureOf(acts.Loop.Project, neverRetrained);
        var share = (loop / still).ToString("0.000", CultureInfo.InvariantCulture);
        table.Add([sample.Counted, metric.Text(still), metric.Text(loop), $"{share} x"]);
        var report = await acts.ReportAsync(sample, truths.Labels, cancellationToken);
        return report with
        {
            Figures = new Dictionary<string, double>
            {
                ["never_retrained"] = still,
                ["with_the_loop"] = loop,
                [Ratio] = loop / still,
            },
            Alarm = alarm,
            Table = new DemoTable([metric.Words, "never retrained", "with the loop", ""], table),
        };
    }

    /// <summary>
    /// Asks the first model, while it is the only one, about all months: the answers of never retraining. Nobody tells
    /// their truths, and the requests have no key that a truth could name.
    /// </summary>
    private async Task<IReadOnlyList<DemoAnswers>> AskFirstModelAsync(CancellationToken cancellationToken)
    {
        stage.Begin("The first model's answers for all months, to compare with");
        var answers = new List<DemoAnswers>();
        foreach (var month in sample.Months)
        {
            var rows = month.Requests.SelectMany(request => request.Rows).ToList();
            answers.Add(await acts.Traffic.SendRowsAsync([rows], _ => null, cancellationToken));
        }

        await acts.CapturedAsync(cancellationToken);
        await NextMonthAsync(cancellationToken);
        // The schedule has measured a month without truths.
        await MeasuredAsync(cancellationToken);
        return answers;
    }

    private async Task PassAsync(DemoMonth month, DemoAnswers first, CancellationToken cancellationToken)
    {
        // The month's measurement must find its first request within a window of 31 days.
        await acts.AdvanceAsync(AnHour, cancellationToken);
        var answers = await acts.Traffic.SendRowsAsync(
            [.. month.Requests.Select(request => request.Rows)],
            index => month.Requests[index].Key,
            cancellationToken
        );
        await acts.CapturedAsync(cancellationToken);
        await truths.ArriveAsync(answers, cancellationToken);
        if (month.Counts)
        {
            served.AddRange(answers.Judged);
            neverRetrained.AddRange(first.Judged);
        }

        table.Add([month.Name, metric.Text(first.Figure), metric.Text(answers.Figure), $"version {production}"]);
        await NextMonthAsync(cancellationToken);
        var report = await MeasuredAsync(cancellationToken);
        var after = report.Low ? await RetrainAsync(month, cancellationToken) : "the alarm is quiet";
        // CloudWatch forgets the changes of an alarm after some weeks.
        var changes = await acts.Facts.AlarmAsync(cancellationToken);
        alarm.AddRange(changes.Where(change => alarm.Count == 0 || change.Time > alarm[^1].Time));
        stage.Say($"{month.Name}: {metric.InSentence} {report.Text(report.Value)} ({report.Labels} truths); {after}");
    }

    /// <summary>Waits for the retraining that the loop starts, and for the deployment of its winner.</summary>
    private async Task<string> RetrainAsync(DemoMonth month, CancellationToken cancellationToken)
    {
        executions++;
        var after = "";
        await acts.WhileRequestsFlowAsync(
            [.. month.Requests.SelectMany(request => request.Rows)],
            async () =>
            {
                var execution = await acts.ExecutionEndedAsync(executions, cancellationToken);
                var comparison = await acts.ComparisonAsync(execution, cancellationToken);
                if (await acts.WinnerAsync(comparison, cancellationToken) is { } winner)
                {
                    await acts.ApproveAsync(winner.Version, comparison.Reason, cancellationToken);
                    await acts.DeployedAsync(winner.Version, cancellationToken);
                    production = winner.Version;
                    after = $"retrained in {execution.Seconds:0.0} s, version {production} ({winner.Role}) takes over";
                }
                else
                {
                    after = $"retrained in {execution.Seconds:0.0} s, production stays";
                }
            }
        );
        return after;
    }

    /// <summary>Moves the cloud's time to the first minutes of the next month.</summary>
    private async Task NextMonthAsync(CancellationToken cancellationToken)
    {
        var now = (await acts.Loop.Clock.NowAsync(cancellationToken)).UtcDateTime;
        var next = new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1).AddMinutes(1);
        await acts.AdvanceAsync(next - now, cancellationToken);
    }

    /// <summary>Waits for the next scheduled measurement.</summary>
    private async Task<MonitorReport> MeasuredAsync(CancellationToken cancellationToken)
    {
        var before = measured;
        var report = await DemoWaits.UntilAsync(
            "the month's measurement",
            async () =>
                await monitor.ReportsAsync(most: 1, cancellationToken) is [var newest] && newest.Window.At > before
                    ? newest
                    : null,
            cancellationToken
        );
        measured = report.Window.At;
        return report;
    }
}
