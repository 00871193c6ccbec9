using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.WebConsole.Captures;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.People;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Quality;

/// <summary>Shows the quality in production over time, with its interval.</summary>
internal static class QualityPages
{
    private const int ShownChanges = 20;
    private const int ShownReports = 100;
    private const int ShownSpans = 14;
    private const int ShownDrops = 10;

    public static void MapQuality(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{project}/quality", ShowAsync);
        routes.MapPost("/{project}/quality", MeasureAsync).RequireAuthorization(Roles.Reviewer);
    }

    private static async Task<IResult> ShowAsync(
        CurrentLoop current,
        CaptureIndexes indexes,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var index = await indexes.OfAsync(loop, cancellationToken);
        var reports = await new MonitorRuns(loop, TimeProvider.System).ReportsAsync(ShownReports, cancellationToken);
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var live = production?.PackageArn is { } arn
            ? await new ModelRegistry(loop).DescribeAsync(arn, cancellationToken)
            : null;
        return frame.Render<QualityPage>(
            new
            {
                Project = loop.Project,
                Traffic = await TrafficAsync(loop, index, cancellationToken),
                Reports = reports,
                Marks = await MarksAsync(loop, cancellationToken),
                Changes = await ChangesAsync(loop, cancellationToken),
                Drops = await DropsAsync(loop, cancellationToken),
                Drift = live is null ? [] : await new InputDrift(loop).ReadAsync(live, cancellationToken),
            }
        );
    }

    private static async Task<QualityTraffic> TrafficAsync(
        LoopContext loop,
        CaptureIndex index,
        CancellationToken cancellationToken
    )
    {
        var monitor = loop.Project.Monitor;
        var next = MonitorWindow.Of(monitor, await loop.Clock.NowAsync(cancellationToken));
        var isHourly = monitor.Window < TimeSpan.FromDays(1);
        var span = isHourly ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
        return new QualityTraffic(
            await index.Statistics.AuditAsync(next.From, next.To, cancellationToken),
            isHourly,
            await index.Statistics.CountAsync(next.At - (ShownSpans * span), next.At, span, cancellationToken),
            index.Progress
        );
    }

    /// <summary>The newest files in <c>truth/</c>, refused ones first.</summary>
    private static async Task<IReadOnlyList<DroppedTruths>> DropsAsync(
        LoopContext loop,
        CancellationToken cancellationToken
    ) =>
        [
            .. GroundTruthIntake
                .Read(await loop.Bucket.FindTextAsync(Layout.Intake, cancellationToken))
                .Drops.Values.OrderBy(drop => drop.Problem is null)
                .ThenByDescending(drop => drop.Read)
                .Take(ShownDrops),
        ];

    private static async Task<IReadOnlyList<QualityMark>> MarksAsync(
        LoopContext loop,
        CancellationToken cancellationToken
    )
    {
        var ledger = await new Ledger(loop).ReadAsync(cancellationToken);
        var executions = await new Executions(loop).ListAsync(cancellationToken);
        return
        [
            .. ledger
                .Where(entry => entry.Deployed)
                .Select(entry => new QualityMark(entry.Time, $"v{entry.Version}", $"Version {entry.Version} deployed")),
            .. executions
                .Where(one => one.Started is not null)
                .Select(one => new QualityMark(one.Started!.Value, "train", $"Training {one.Name}, {one.Status}")),
        ];
    }

    private static async Task<IReadOnlyList<AlarmChange>> ChangesAsync(
        LoopContext loop,
        CancellationToken cancellationToken
    )
    {
        var answer = await loop.Clients.CloudWatch.DescribeAlarmHistoryAsync(
            new JsonObject
            {
                ["AlarmName"] = loop.Names.AccuracyAlarm,
                ["HistoryItemType"] = "StateUpdate",
                ["MaxRecords"] = ShownChanges,
            },
            cancellationToken
        );
        return [.. answer.AlarmHistoryItems.Select(item => new AlarmChange(item.Timestamp, item.HistorySummary ?? ""))];
    }

    /// <summary>Runs the monitor now, and waits for its report.</summary>
    private static async Task<IResult> MeasureAsync(
        HttpContext context,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        await new MonitorRuns(loop, TimeProvider.System).RunAsync(null, null, cancellationToken);
        return PageFrame.Done(context, $"/{frame.Project}/quality", "Measured.");
    }
}

/// <summary>An event on the time axis of the chart.</summary>
/// <param name="Time">The time of the event.</param>
/// <param name="Word">A short word at the mark.</param>
/// <param name="Text">The event in a sentence.</param>
public sealed record QualityMark(DateTimeOffset Time, string Word, string Text);

/// <summary>Production's latest answers, from the index of predictions.</summary>
/// <param name="Next">The audit sample of the window that a measurement would have now.</param>
/// <param name="IsHourly">True if <paramref name="Counts"/> are by hour, false if they are by day.</param>
/// <param name="Counts">Oldest first.</param>
/// <param name="Index">The progress of the index.</param>
public sealed record QualityTraffic(
    AuditProgress Next,
    bool IsHourly,
    IReadOnlyList<CaptureCounts> Counts,
    IndexProgress Index
);

/// <summary>A change of the alarm on the figure.</summary>
/// <param name="Time">The time of the change.</param>
/// <param name="Summary">CloudWatch's text of the change.</param>
public sealed record AlarmChange(DateTimeOffset? Time, string Summary);
