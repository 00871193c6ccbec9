using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Aws.Protocols;
using Plumbline.Loop;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Training;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.People;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Quality;

/// <summary>How accurate production was, and is, and how sure that is.</summary>
internal static class QualityPages
{
    private const int ShownChanges = 20;

    public static void MapQuality(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{project}/quality", ShowAsync);
        routes.MapPost("/{project}/quality", MeasureAsync).RequireAuthorization(Roles.Reviewer);
    }

    private static async Task<IResult> ShowAsync(
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var reports = await new MonitorRuns(loop, TimeProvider.System).ReportsAsync(cancellationToken);
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var live = production?.PackageArn is { } arn
            ? await new ModelRegistry(loop).DescribeAsync(arn, cancellationToken)
            : null;
        return frame.Render<QualityPage>(
            new
            {
                Project = loop.Project,
                Reports = reports,
                Marks = await MarksAsync(loop, cancellationToken),
                Changes = await ChangesAsync(loop, cancellationToken),
                Drift = live is null ? [] : await new InputDrift(loop).ReadAsync(live, cancellationToken),
            }
        );
    }

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
        return
        [
            .. answer
                .Objects("AlarmHistoryItems")
                .Select(item => new AlarmChange(item.Time("Timestamp"), item.Text("HistorySummary") ?? "")),
        ];
    }

    /// <summary>Starts the monitor now; its report comes a few seconds later.</summary>
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

/// <summary>Something that happened, on the axis of time.</summary>
/// <param name="Time">When.</param>
/// <param name="Word">A short word at the mark.</param>
/// <param name="Text">In a sentence.</param>
public sealed record QualityMark(DateTimeOffset Time, string Word, string Text);

/// <summary>A change of the accuracy alarm.</summary>
/// <param name="Time">When.</param>
/// <param name="Summary">In CloudWatch's words.</param>
public sealed record AlarmChange(DateTimeOffset? Time, string Summary);
