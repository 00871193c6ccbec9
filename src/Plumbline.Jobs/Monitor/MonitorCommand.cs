using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Formats;
using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Jobs.Monitor;

/// <summary>
/// <c>plumbline-jobs monitor</c>: joins a window's predictions with their labels, publishes the accuracy, writes the report
/// and the review lists, and says so where the alarm still stands. A replay of another window (<c>--from</c>,
/// <c>--to</c>) writes its report and nothing else: what was true then must not set off today's alarm.
/// </summary>
public static class MonitorCommand
{
    /// <summary>Runs the program.</summary>
    public static Task<int> RunAsync(string[] args, CancellationToken stop) =>
        ProcessingCommand.RunAsync(args, ["endpoint", "at", "from", "to", "schedule", "alarm"], RunAsync, stop);

    /// <summary>Runs it in a context.</summary>
    public static async Task RunAsync(ProcessingContext context, ProcessingArguments arguments, CancellationToken ct)
    {
        var project = context.Project;
        var endpoint = arguments.Required("endpoint");
        var alarm = arguments.Optional("alarm") ?? ModelQualityMetric.AlarmName(project.Name);
        var schedule = arguments.Optional("schedule") ?? ModelQualityMetric.ScheduleName(project.Name);
        var window = Window(project.Monitor, arguments, context.Clock);

        var join = new QualityJoin(project, endpoint, window);
        await WindowFiles.ReadAsync(context.Bucket, endpoint, window, join, ct);
        var (matrix, scores) = join.Finish();
        var report = MonitorReport.Of(project, endpoint, window, join.Counts, matrix.Correct);
        Console.WriteLine(report.Explanation);

        var isReplay = arguments.Time("from") is not null || arguments.Time("to") is not null;
        var folder = isReplay ? Layout.MonitorReplay(window.At) : Layout.MonitorRun(window.At);
        await WriteReportAsync(context, folder, report, matrix, scores, ct);
        if (isReplay)
        {
            return;
        }

        await WriteQueuesAsync(context.Bucket, join, ct);
        var cloudWatch = new CloudWatchClient(context.Connection);
        var stood = await Publication.IsInAlarmAsync(cloudWatch, alarm, ct);
        await cloudWatch.PutMetricDataAsync(Publication.Input(report, project.Monitor.Namespace, schedule), ct);

        // A figure at or over the threshold clears the alarm; that may take CloudWatch a moment.
        var cleared = report is { Accuracy: not null, Low: false };
        if (stood && !cleared && await Publication.IsInAlarmAsync(cloudWatch, alarm, ct))
        {
            Console.WriteLine($"Alarm {alarm} still stands.");
            await StillLow.PutAsync(
                new EventsClient(context.Connection),
                report,
                alarm,
                context.Bucket.Uri(folder + "report.json"),
                ct
            );
        }
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
        ConfusionMatrix matrix,
        IReadOnlyList<(bool Positive, double Score)> scores,
        CancellationToken ct
    )
    {
        const string Json = "application/json";
        var window = report.Window;
        var statistics = ModelQualityStatistics.Document(
            context.Project.Labels,
            matrix,
            window.At,
            (window.From, window.To),
            scores
        );
        var document = RecordJson.WriteDocument(report);
        await context.Bucket.WriteAsync(
            folder + "statistics.json",
            statistics.ToJsonString(RecordJson.Indented) + "\n",
            Json,
            ct
        );
        await context.Bucket.WriteAsync(folder + "report.json", document, Json, ct);
        await File.WriteAllTextAsync(Path.Combine(context.Folders.Output("monitor"), "report.json"), document, ct);
    }

    private static async Task WriteQueuesAsync(S3Files bucket, QualityJoin join, CancellationToken ct)
    {
        const string JsonLines = "application/jsonlines";
        await bucket.WriteAsync(Layout.AuditQueue, Lines(join.AuditQueue()), JsonLines, ct);
        await bucket.WriteAsync(Layout.UncertainQueue, Lines(join.UncertainQueue()), JsonLines, ct);
    }

    private static string Lines(IEnumerable<ReviewItem> items) =>
        string.Concat(items.Select(item => RecordJson.Write(item) + "\n"));
}
