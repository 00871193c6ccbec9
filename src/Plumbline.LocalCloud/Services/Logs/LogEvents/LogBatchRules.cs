using System.Text.Json.Nodes;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Logs.LogEvents;

/// <summary>AWS's rules for the events of one PutLogEvents.</summary>
internal sealed class LogBatchRules(CivilClock clock)
{
    private const int LargestBatch = 1_048_576;
    private static readonly TimeSpan LongestSpan = TimeSpan.FromHours(24);
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);
    private static readonly TimeSpan Newest = TimeSpan.FromHours(2);

    /// <summary>Returns the events to keep, and AWS's note about the rejected ones.</summary>
    /// <exception cref="Aws.Errors.AwsException">The batch as a whole is refused.</exception>
    public (List<(long Timestamp, string Message)> Accepted, JsonObject Rejected) Check(
        List<(long Timestamp, string Message)> events
    )
    {
        var size = events.Sum(line => (long)LogEvent.SizeOf(line.Message));
        if (size > LargestBatch)
        {
            throw LogsErrors.Invalid($"Upload too large: {size} bytes exceeds limit of {LargestBatch}");
        }

        if (events.Zip(events.Skip(1)).Any(pair => pair.Second.Timestamp < pair.First.Timestamp))
        {
            throw LogsErrors.Invalid("Log events in a single PutLogEvents request must be in chronological order.");
        }

        if (events[^1].Timestamp - events[0].Timestamp > LongestSpan.TotalMilliseconds)
        {
            throw LogsErrors.Invalid(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."
            );
        }

        return Split(events);
    }

    private (List<(long, string)>, JsonObject) Split(List<(long Timestamp, string Message)> events)
    {
        var now = clock.GetUtcNow();
        var oldest = (now - Oldest).ToUnixTimeMilliseconds();
        var newest = (now + Newest).ToUnixTimeMilliseconds();
        var tooOld = events.FindLastIndex(line => line.Timestamp < oldest);
        var tooNew = events.FindIndex(line => line.Timestamp > newest);
        var rejected = new JsonObject();
        if (tooOld >= 0)
        {
            rejected["tooOldLogEventEndIndex"] = tooOld + 1;
        }

        if (tooNew >= 0)
        {
            rejected["tooNewLogEventStartIndex"] = tooNew;
        }

        var end = tooNew < 0 ? events.Count : tooNew;
        return (events[(tooOld + 1)..Math.Max(end, tooOld + 1)], rejected);
    }
}
