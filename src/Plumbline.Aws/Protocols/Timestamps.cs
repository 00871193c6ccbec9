using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Aws.Protocols;

/// <summary>Times on the wire: ISO 8601, an HTTP date, or seconds since 1970.</summary>
internal static class Timestamps
{
    private static readonly string[] HttpDates =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "ddd, dd MMM yyyy HH:mm:ss.FFFFFFF 'GMT'",
        "ddd, d MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>Writes the tree's seconds in the format of the shape, or else of the place.</summary>
    public static string Text(JsonNode node, string format)
    {
        var seconds = Tree.Double(node) ?? throw WireErrors.Serialization("A timestamp is a number of seconds");
        return Text(seconds, format);
    }

    public static string Text(double seconds, string format)
    {
        var milliseconds = (long)Math.Round(seconds * 1000);
        if (IsUnix(format))
        {
            return (milliseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return format == "rfc822"
            ? time.ToString("ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture)
            : time.ToString(
                milliseconds % 1000 == 0 && format != "iso8601Milliseconds"
                    ? "yyyy-MM-dd'T'HH:mm:ss'Z'"
                    : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                CultureInfo.InvariantCulture
            );
    }

    public static bool IsUnix(string format) => format.Equals("unixTimestamp", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads any of the formats, because services do not always follow their models.</summary>
    public static JsonNode Parse(string text) => Node(Seconds(text));

    /// <summary>The tree's node for a time, to the millisecond.</summary>
    /// <exception cref="Errors.AwsException">The time is before year 1, after year 9999, or not a number.</exception>
    public static JsonNode Node(double seconds) =>
        Moment(seconds) is not null
            ? JsonValue.Create(Math.Round(seconds * 1000) / 1000)
            : throw WireErrors.Serialization($"{Numbers.Text(seconds)} can not be converted to a timestamp");

    /// <summary>The time of a number of seconds since 1970; null before year 1 and after year 9999.</summary>
    public static DateTimeOffset? Moment(double seconds)
    {
        var milliseconds = Math.Round(seconds * 1000);
        return
            milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : null;
    }

    private static double Seconds(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (
            DateTimeOffset.TryParseExact(text, HttpDates, CultureInfo.InvariantCulture, utc, out var time)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out time)
        )
        {
            return time.ToUnixTimeMilliseconds() / 1000.0;
        }

        throw WireErrors.Serialization($"'{text}' can not be converted to a timestamp");
    }
}
