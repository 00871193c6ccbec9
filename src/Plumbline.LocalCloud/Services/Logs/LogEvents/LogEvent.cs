using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.Logs.LogEvents;

/// <summary>A line of a log; times are Unix milliseconds.</summary>
internal sealed record LogEvent(long Sequence, string Stream, long Timestamp, long Ingested, string Message)
{
    /// <summary>The bytes that AWS counts for an event in addition to its text.</summary>
    public const int Overhead = 26;

    public LogPosition Position => new(Timestamp, Sequence);

    /// <summary>The size that AWS counts, in bytes.</summary>
    public int Size => SizeOf(Message);

    public static int SizeOf(string message) => Encoding.UTF8.GetByteCount(message) + Overhead;

    public JsonObject Describe() =>
        new()
        {
            ["timestamp"] = Timestamp,
            ["message"] = Message,
            ["ingestionTime"] = Ingested,
        };

    public JsonObject DescribeFound()
    {
        var found = Describe();
        found["logStreamName"] = Stream;
        found["eventId"] = Position.ToString();
        return found;
    }
}
