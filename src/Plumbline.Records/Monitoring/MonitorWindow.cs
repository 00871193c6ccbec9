using System.Globalization;
using System.Text;
using Plumbline.Records.Project;

namespace Plumbline.Records.Monitoring;

/// <summary>The times of a run, in UTC and whole seconds. Each end is exclusive.</summary>
/// <param name="From">The first inference time that is measured.</param>
/// <param name="To">The end of the measured inference times.</param>
/// <param name="At">The time of the run: earlier rows are offered for review, and earlier labels count.</param>
public sealed record MonitorWindow(DateTimeOffset From, DateTimeOffset To, DateTimeOffset At)
{
    /// <summary>[at - length - labelDelay, at - labelDelay).</summary>
    public static MonitorWindow Of(MonitorDescription monitor, DateTimeOffset at)
    {
        at = Whole(at);
        var to = at - monitor.LabelDelay;
        return new MonitorWindow(to - monitor.Window, to, at);
    }

    /// <summary>Makes the window of a replay, which may be any time.</summary>
    public static MonitorWindow Of(DateTimeOffset from, DateTimeOffset to, DateTimeOffset at) =>
        from < to
            ? new MonitorWindow(Whole(from), Whole(to), Whole(at) < Whole(to) ? Whole(to) : Whole(at))
            : throw new UserError("--from", $"{from:s} is not before --to {to:s}");

    /// <summary>The first 19 characters of a time as AWS captures it; they sort by time.</summary>
    internal static byte[] Text(DateTimeOffset time) =>
        Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));

    private static DateTimeOffset Whole(DateTimeOffset time) =>
        new(time.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
