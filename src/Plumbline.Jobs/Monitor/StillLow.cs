using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Records.Monitoring;

namespace Plumbline.Jobs.Monitor;

/// <summary>
/// The event that stands in for a second alarm event: CloudWatch tells only of changes, so a retraining that was refused
/// would never be asked for again.
/// </summary>
internal static class StillLow
{
    public static async Task PutAsync(
        EventsClient events,
        MonitorReport report,
        string alarm,
        string reportUri,
        CancellationToken ct
    )
    {
        var detail = new JsonObject
        {
            ["project"] = report.Project,
            ["endpoint"] = report.Endpoint,
            ["alarmName"] = alarm,
            ["accuracy"] = report.Accuracy,
            ["labels"] = report.Labels,
            ["explanation"] = report.Explanation,
            ["report"] = reportUri,
        };
        var entry = new JsonObject
        {
            ["Source"] = ModelQualityMetric.EventSource,
            ["DetailType"] = ModelQualityMetric.EventDetailType,
            ["Detail"] = detail.ToJsonString(),
        };
        var answer = await events.PutEventsAsync(new JsonObject { ["Entries"] = new JsonArray(entry) }, ct);
        if (answer.Int("FailedEntryCount") > 0)
        {
            var failed = answer.Objects("Entries").FirstOrDefault() ?? [];
            throw new AwsException(
                failed.Text("ErrorCode") ?? "InternalFailure",
                500,
                failed.Text("ErrorMessage") ?? "PutEvents refused the event."
            );
        }
    }
}
