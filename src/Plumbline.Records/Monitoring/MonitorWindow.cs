using System.Globalization;
using System.Text;
using Plumbline.Records.Project;

namespace Plumbline.Records.Monitoring;

/// <summary>The times that a run looks at, in UTC and whole seconds; each end is the first instant not in it.</summary>
/// <param name="From">Inference time from which rows are measured.</param>
/// <param name="To">Inference time before which they are.</param>
/// <param name="At">The time of the run: rows before it are offered for review, labels before it count.</param>
public sealed record MonitorWindow(DateTimeOffset From, DateTimeOffset To, DateTimeOffset At)
{
    /// <summary>[at - length - labelDelay, at - labelDelay).</summary>
    public static MonitorWindow Of(MonitorDescription monitor, DateTimeOffset at)
    {
        at = Whole(at);
        var to = at - monitor.LabelDelay;
        return new MonitorWindow(to - monitor.Window, to, at);
    }

    /// <summary>A replay of any window.</summary>
    public static MonitorWindow Of(DateTimeOffset from, DateTimeOffset to, DateTimeOffset at) =>
        from < to
            ? new MonitorWindow(Whole(from), Whole(to), Whole(at) < Whole(to) ? Whole(to) : Whole(at))
            : throw new UserError("--from", $"{from:s} is not before --to {to:s}");

    /// <summary>The first 19 characters of a time as AWS captures it, which sort as time does.</summary>
    internal static byte[] Text(DateTimeOffset time) =>
        Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));

    private static DateTimeOffset Whole(DateTimeOffset time) =>
        new(time.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
