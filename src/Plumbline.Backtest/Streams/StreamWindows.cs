namespace Plumbline.Backtest.Streams;

/// <summary>
/// Divides a stream: the rows before the first edge train the first model, the rows between two edges are served by the
/// models of that time, and then their labels come.
/// </summary>
public sealed class StreamWindows
{
    private readonly IReadOnlyList<int> edges;

    private StreamWindows(IReadOnlyList<int> edges)
    {
        if (edges.Count < 2 || edges[0] < 1)
        {
            throw new ArgumentException("a backtest needs rows for the first model and at least one window after them");
        }
        this.edges = edges;
    }

    /// <summary>The number of rows that train the first model.</summary>
    public int Initial => edges[0];

    /// <summary>The number of served windows.</summary>
    public int Count => edges.Count - 1;

    /// <summary>The rows of a usual window.</summary>
    public int Length => edges[1] - edges[0];

    /// <summary>Windows of equal numbers of rows; the last one takes the remainder.</summary>
    /// <param name="rows">All rows of the stream.</param>
    /// <param name="windows">The number of windows.</param>
    /// <param name="initialShare">The share of the rows that train the first model.</param>
    public static StreamWindows Even(int rows, int windows, double initialShare = 0.15) =>
        After((int)(rows * initialShare), rows, windows);

    /// <summary>Windows of equal numbers of rows after a number of initial rows; the last one takes the remainder.</summary>
    /// <exception cref="ArgumentException">A window would have no row.</exception>
    public static StreamWindows After(int initial, int rows, int windows)
    {
        var length = windows < 1 ? 0 : (rows - initial) / windows;
        return length < 1
            ? throw new ArgumentException($"{rows} rows are too few for {windows} windows", nameof(rows))
            : new StreamWindows([.. Enumerable.Range(0, windows).Select(window => initial + window * length), rows]);
    }

    /// <summary>The same initial rows, with fewer windows of equal rows.</summary>
    public StreamWindows Fewer(int windows) => After(Initial, edges[^1], windows);

    /// <summary>Windows of equal time, such as weeks. A window without rows is left out.</summary>
    /// <param name="times">The time of each row, in order.</param>
    /// <param name="firstEnd">The rows before this time train the first model.</param>
    /// <param name="length">The time that a window takes.</param>
    public static StreamWindows ByTime(IReadOnlyList<DateTimeOffset> times, DateTimeOffset firstEnd, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        var edges = new List<int>();
        var end = firstEnd;
        for (var row = 0; row < times.Count; row++)
        {
            if (times[row] < end)
            {
                continue;
            }
            edges.Add(row);
            while (end <= times[row])
            {
                end += length;
            }
        }
        return new StreamWindows([.. edges, times.Count]);
    }

    /// <summary>The rows of a window: from the first one up to, without, the second.</summary>
    public (int From, int To) Rows(int window) => (edges[window], edges[window + 1]);
}
