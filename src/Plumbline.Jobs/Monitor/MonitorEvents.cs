using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;

namespace Plumbline.Jobs.Monitor;

/// <summary>
/// The events that ask again for a retraining. CloudWatch reports only changes of an alarm, and CodeCommit reports a
/// push only once, so a retraining that was refused would never be asked for again.
/// </summary>
internal sealed class MonitorEvents(EventsClient events)
{
    /// <summary>Reports that the alarm is still in ALARM.</summary>
    public Task PutStillLowAsync(MonitorReport report, string alarm, string reportUri, CancellationToken ct) =>
        PutAsync(
            MonitorEvent.StillLow,
            new JsonObject
            {
                ["project"] = report.Project,
                ["endpoint"] = report.Endpoint,
                ["alarmName"] = alarm,
                ["metric"] = report.Metric,
                ["value"] = report.Value,
                ["accuracy"] = report.Metric == MetricKind.Accuracy ? report.Value : null,
                ["labels"] = report.Labels,
                ["explanation"] = report.Explanation,
                ["report"] = reportUri,
            },
            ct
        );

    /// <summary>Reports that a change or the growth of labels asks for a training.</summary>
    public Task PutTrainingDueAsync(string project, TrainingDue due, CancellationToken ct) =>
        PutAsync(
            MonitorEvent.TrainingDue,
            new JsonObject
            {
                ["project"] = project,
                ["trigger"] = due.Trigger,
                ["explanation"] = due.Reason,
            },
            ct
        );

    /// <summary>Reports that the newest commit still waits for its training.</summary>
    public Task PutPushWaitingAsync(string project, CancellationToken ct) =>
        PutAsync(MonitorEvent.PushWaiting, new JsonObject { ["project"] = project, ["trigger"] = "push" }, ct);

    private async Task PutAsync(string type, JsonObject detail, CancellationToken ct)
    {
        var entry = new JsonObject
        {
            ["Source"] = MonitorEvent.Source,
            ["DetailType"] = type,
            ["Detail"] = detail.ToJsonString(),
        };
        var answer = await events.PutEventsAsync(new JsonObject { ["Entries"] = new JsonArray(entry) }, ct);
        if (answer.FailedEntryCount > 0)
        {
            var failed = answer.Entries.FirstOrDefault();
            throw new AwsException(
                failed?.ErrorCode ?? "InternalFailure",
                500,
                failed?.ErrorMessage ?? "PutEvents refused the event."
            );
        }
    }
}
