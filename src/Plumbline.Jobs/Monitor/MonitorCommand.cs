using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Jobs.GroundTruth;
using Plumbline.Jobs.Inputs;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Score;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Inputs;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Jobs.Monitor;

/// <summary>
/// <c>plumbline-jobs monitor</c>: joins a window's predictions with their labels, publishes the figure, writes the report
/// and the review lists, and sends events for retrainings that are due. A replay of another window (<c>--from</c>,
/// <c>--to</c>) only writes its statistics and report: an old figure must not set off today's alarm.
/// </summary>
public static class MonitorCommand
{
    private const string Json = "application/json";

    public static Task<int> RunAsync(string[] args, CancellationToken stop) =>
        ProcessingCommand.RunAsync(args, ["endpoint", "at", "from", "to", "schedule", "alarm"], RunAsync, stop);

    public static async Task RunAsync(ProcessingContext context, ProcessingArguments arguments, CancellationToken ct)
    {
        if (context.Project.Review.NewLabels)
        {
            // People may already correct to a label that they added, although production does not know it yet.
            var added = AddedLabel.NamesOf(await context.Bucket.FindTextAsync(Layout.AddedLabels, ct));
            context = context with { Project = context.Project.WithAdded(added) };
        }

        var project = context.Project;
        var endpoint = arguments.Required("endpoint");
        var alarm = arguments.Optional("alarm") ?? ModelQualityMetric.AlarmName(project.LoopName());
        var schedule = arguments.Optional("schedule") ?? ModelQualityMetric.ScheduleName(project.LoopName());
        var window = Window(project.Monitor, arguments, context.Clock);

        var isReplay = arguments.Time("from") is not null || arguments.Time("to") is not null;
        // Before the figure is published: the training that the alarm starts must find these labels.
        var notTaken = isReplay ? "" : await TakeInAsync(context, endpoint, window, ct);

        var join = new QualityJoin(project, endpoint, window);
        await WindowFiles.ReadAsync(context.Bucket, endpoint, window, join, ct);
        join.Finish();
        if (await OwnScores.FindAsync(project, context.Bucket, context.Folders.Scratch, ct) is { } scores)
        {
            join.SetLosses(await scores.RunAsync(join.Unscored, ct));
        }

        var report = MonitorReport.Of(project, endpoint, window, join.Counts, join.Figure());
        report = report with { Explanation = report.Explanation + notTaken };
        Console.WriteLine(report.Explanation);

        var folder = isReplay ? Layout.MonitorReplay(window.At) : Layout.MonitorRun(window.At);
        await context.Bucket.PutTextAsync(
            folder + "statistics.json",
            join.Statistics(window).ToJsonString(RecordJson.Indented) + "\n",
            Json,
            ct
        );
        if (isReplay)
        {
            await WriteReportAsync(context, folder, report, ct);
            return;
        }

        var early = new EarlyTraining(context, new SageMakerClient(context.Connection));
        report = report with { MostGain = await early.MostGainAsync(report, ct) };
        await WriteQueuesAsync(context.Bucket, join, LabelsWanted.Of(project, report), ct);
        if (project.Data.IsContent())
        {
            await WriteInputsAsync(context.Bucket, join, ct);
        }

        var cloudWatch = new CloudWatchClient(context.Connection);
        var stood = await Publication.IsInAlarmAsync(cloudWatch, alarm, ct);
        await cloudWatch.PutMetricDataAsync(Publication.Input(report, project.Monitor.Namespace, schedule), ct);
        // The report comes last: a reader of the report may rely on its figure being published.
        await WriteReportAsync(context, folder, report, ct);

        var events = new MonitorEvents(new EventsClient(context.Connection));
        // A figure on the good side of the threshold clears the alarm, but CloudWatch may need a moment for that.
        var cleared = report is { Value: not null, Low: false };
        if (stood && !cleared && await Publication.IsInAlarmAsync(cloudWatch, alarm, ct))
        {
            Console.WriteLine($"Alarm {alarm} is still in ALARM.");
            await events.PutStillLowAsync(report, alarm, context.Bucket.UriOf(folder + "report.json"), ct);
        }

        if (await early.FindAsync(report, ct) is { } due)
        {
            Console.WriteLine($"A training is due by {due.Trigger}: {due.Reason}.");
            await events.PutTrainingDueAsync(project.LoopName(), due, ct);
        }

        if (await context.Bucket.FindTextAsync(Layout.WaitingPush, ct) is not null)
        {
            Console.WriteLine("The newest commit still waits for its training: its build is asked for again.");
            await events.PutPushWaitingAsync(project.LoopName(), ct);
        }
    }

    private static async Task<string> TakeInAsync(
        ProcessingContext context,
        string endpoint,
        MonitorWindow window,
        CancellationToken ct
    )
    {
        var (state, _) = await new Intake(context.Bucket, context.Project, endpoint, window.At).RunAsync(ct);
        return state.Refused() + state.Unmatched(window.From);
    }

    private static MonitorWindow Window(MonitorDescription monitor, ProcessingArguments arguments, TimeProvider clock)
    {
        var at = arguments.Time("at") ?? clock.GetUtcNow();
        var (from, to) = (arguments.Time("from"), arguments.Time("to"));
        return from is null && to is null
            ? MonitorWindow.Of(monitor, at)
            : MonitorWindow.Of(from ?? (to!.Value - monitor.Window), to ?? at, at);
    }

    private static async Task WriteReportAsync(
        ProcessingContext context,
        string folder,
        MonitorReport report,
        CancellationToken ct
    )
    {
        var document = RecordJson.WriteDocument(report);
        await context.Bucket.PutTextAsync(folder + "report.json", document, Json, ct);
        await File.WriteAllTextAsync(Path.Combine(context.Folders.Output("monitor"), "report.json"), document, ct);
    }

    private static async Task WriteQueuesAsync(
        BucketClient bucket,
        QualityJoin join,
        LabelsWanted wanted,
        CancellationToken ct
    )
    {
        const string JsonLines = "application/jsonlines";
        await bucket.PutTextAsync(Layout.AuditQueue, Lines(join.Offers.AuditQueue(wanted.Audit)), JsonLines, ct);
        await bucket.PutTextAsync(
            Layout.UncertainQueue,
            Lines(join.Offers.UncertainQueue(wanted.Uncertain)),
            JsonLines,
            ct
        );
    }

    private static Task WriteInputsAsync(BucketClient bucket, QualityJoin join, CancellationToken ct)
    {
        var inputs = join
            .Offers.SampledInputs()
            .Select(one =>
                one.Content is { } content
                    ? ContentFigures.Of(content.Pinned.Type, content.Body, one.Predicted) with
                    {
                        Score = float.IsFinite(one.Answer.Score) ? one.Answer.Score : null,
                    }
                    : null
            );
        var sample = new InputSample { Inputs = [.. inputs.OfType<SampledInput>()] };
        return bucket.PutTextAsync(Layout.InputsNow, RecordJson.WriteDocument(sample), Json, ct);
    }

    private static string Lines(IEnumerable<ReviewItem> items) =>
        string.Concat(items.Select(item => RecordJson.Write(item) + "\n"));
}
