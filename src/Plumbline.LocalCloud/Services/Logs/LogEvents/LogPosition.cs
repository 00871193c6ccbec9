using System.Globalization;

namespace Plumbline.LocalCloud.Services.Logs.LogEvents;

/// <summary>A place in a stream or group: events are ordered by time, then by arrival.</summary>
internal readonly record struct LogPosition(long Timestamp, long Sequence)
{
    private const int TimestampDigits = 20;
    private const int SequenceDigits = 36;

    /// <summary>The position before all events.</summary>
    public static LogPosition Start => default;

    /// <summary>The position after all events.</summary>
    public static LogPosition End => new(long.MaxValue, long.MaxValue);

    /// <summary>56 digits, as in AWS's event ids and tokens.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Timestamp:D20}{Sequence:D36}");

    public static LogPosition Parse(string digits)
    {
        if (
            digits.Length == TimestampDigits + SequenceDigits
            && long.TryParse(digits.AsSpan(0, TimestampDigits), NumberStyles.None, null, out var timestamp)
            && long.TryParse(digits.AsSpan(TimestampDigits), NumberStyles.None, null, out var sequence)
        )
        {
            return new LogPosition(timestamp, sequence);
        }

        throw LogsErrors.Invalid("The specified nextToken is invalid.");
    }
}
