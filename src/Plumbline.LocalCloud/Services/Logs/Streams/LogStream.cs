using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Services.Logs.Groups;

namespace Plumbline.LocalCloud.Services.Logs.Streams;

/// <summary>A log stream; times are Unix milliseconds, null before the first event.</summary>
internal sealed record LogStream(
    long Id,
    string Name,
    long Created,
    long? FirstEvent,
    long? LastEvent,
    long? LastIngestion
)
{
    /// <summary>The token of AWS's newer answers; clients need not send one any more.</summary>
    public const string SequenceToken = "49039859618818077668405531201243442220402264646";

    public JsonObject Describe(string group)
    {
        var stream = new JsonObject
        {
            ["logStreamName"] = Name,
            ["creationTime"] = Created,
            ["arn"] = $"{LogGroup.ArnOf(group)}:log-stream:{Name}",
            ["storedBytes"] = 0,
        };
        if (LastEvent is not null)
        {
            stream["firstEventTimestamp"] = FirstEvent;
            stream["lastEventTimestamp"] = LastEvent;
            stream["lastIngestionTime"] = LastIngestion;
            stream["uploadSequenceToken"] = SequenceToken;
        }

        return stream;
    }
}
