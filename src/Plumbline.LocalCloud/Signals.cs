using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Plumbline.LocalCloud;

/// <summary>
/// The source of the local cloud's activities (spans) and the meter of its metrics. Callers look for a listener before
/// they allocate anything: without one, a signal costs the time to read a field.
/// </summary>
internal static class Signals
{
    public static readonly ActivitySource Activities = new(LocalCloudHost.SignalSource);

    public static readonly Meter Meter = new(LocalCloudHost.SignalSource);

    /// <summary>True if somebody listens to activities.</summary>
    public static bool Traced => Activities.HasListeners();

    /// <summary>
    /// Starts an activity that does not become the current one: its steps run elsewhere. Returns null if no listener
    /// wants it.
    /// </summary>
    public static Activity? StartAside(string name)
    {
        var before = Activity.Current;
        try
        {
            return Activities.StartActivity(name, ActivityKind.Internal);
        }
        finally
        {
            Activity.Current = before;
        }
    }

    /// <summary>Stops an activity of <see cref="StartAside"/>, and leaves the current one unchanged.</summary>
    public static void StopAside(Activity activity)
    {
        var before = Activity.Current;
        activity.Stop();
        Activity.Current = before;
    }

    /// <summary>Creates a histogram of seconds with the buckets of OpenTelemetry's HTTP durations.</summary>
    public static Histogram<double> Durations(string name, string description) =>
        Meter.CreateHistogram<double>(
            name,
            "s",
            description,
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
            }
        );
}
