namespace Plumbline.WebConsole.Captures;

/// <summary>
/// The number of an indexed row: its second, then a number of its own. So the table lies in the order of time, a span of
/// time is a span of numbers, and a page begins where the last one ended, without an index for any of it.
/// </summary>
internal static class CaptureId
{
    /// <summary>Over 500 million rows in an index; seconds until the year 2514.</summary>
    private const int RowBits = 29;

    private const long LastSecond = long.MaxValue >> RowBits;

    /// <summary>True for a time that has numbers.</summary>
    public static bool Takes(DateTimeOffset time) => time.ToUnixTimeSeconds() is >= 0 and <= LastSecond;

    /// <summary>The number of a row.</summary>
    /// <param name="time">One that <see cref="Takes"/>.</param>
    /// <param name="row">Which row of the index.</param>
    public static long Of(DateTimeOffset time, long row) => First(time) | row;

    /// <summary>The least number of a second, or of what is nearest to it.</summary>
    public static long First(DateTimeOffset time) => Math.Clamp(time.ToUnixTimeSeconds(), 0, LastSecond) << RowBits;

    /// <summary>The second of a row.</summary>
    public static DateTimeOffset TimeOf(long id) => DateTimeOffset.FromUnixTimeSeconds(id >> RowBits);

    /// <summary>SQL for the hour of a row, in hours since 1970.</summary>
    public static string HourOf(string id) => $"({id} >> {RowBits}) / 3600";
}
