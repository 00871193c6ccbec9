namespace Plumbline.WebConsole.Captures;

/// <summary>
/// The number of an indexed row: its second in the high bits, then a serial number. So the table is in the order of
/// time, a span of time is a span of numbers, and a page begins where the last one ended, all without another index.
/// </summary>
internal static class CaptureId
{
    /// <summary>Room for over 500 million rows in an index, and for seconds until the year 2514.</summary>
    private const int RowBits = 29;

    private const long LastSecond = long.MaxValue >> RowBits;

    /// <summary>True if rows of this time can be numbered.</summary>
    public static bool Takes(DateTimeOffset time) => time.ToUnixTimeSeconds() is >= 0 and <= LastSecond;

    /// <summary>The number of a row.</summary>
    /// <param name="time">A time for which <see cref="Takes"/> is true.</param>
    /// <param name="row">The serial number of the row in the index.</param>
    public static long Of(DateTimeOffset time, long row) => First(time) | row;

    /// <summary>The smallest number of a second; for a time out of range, of the nearest second.</summary>
    public static long First(DateTimeOffset time) => Math.Clamp(time.ToUnixTimeSeconds(), 0, LastSecond) << RowBits;

    /// <summary>The second of a row.</summary>
    public static DateTimeOffset TimeOf(long id) => DateTimeOffset.FromUnixTimeSeconds(id >> RowBits);

    /// <summary>SQL for the hour of a row, in hours since 1970.</summary>
    public static string HourOf(string id) => $"({id} >> {RowBits}) / 3600";
}
