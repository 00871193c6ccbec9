using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Plumbline.LocalCloud.Tests.Telemetry;

/// <summary>A value that an instrument recorded.</summary>
internal sealed record Measured(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);

/// <summary>Listens to the local cloud's activities and metrics, and keeps all that ended.</summary>
internal sealed class HeardSignals : IDisposable
{
    private readonly ConcurrentQueue<Activity> activities = new();
    private readonly ConcurrentQueue<Measured> measured = new();
    private readonly ActivityListener tracing;
    private readonly MeterListener metering = new();

    public HeardSignals()
    {
        tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LocalCloudHost.SignalSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(tracing);
        metering.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LocalCloudHost.SignalSource)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        metering.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        metering.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        metering.Start();
    }

    /// <summary>The ended activities, in the order of their ends.</summary>
    public IReadOnlyList<Activity> Activities => [.. activities];

    /// <summary>The ended activities with a tag of this value.</summary>
    public IReadOnlyList<Activity> With(string tag, object value) =>
        [.. activities.Where(activity => value.Equals(activity.GetTagItem(tag)))];

    /// <summary>The values of an instrument that have a tag of this value.</summary>
    public IReadOnlyList<Measured> Of(string instrument, string tag, object value) =>
        [.. measured.Where(one => one.Instrument == instrument && value.Equals(one.Tags.GetValueOrDefault(tag)))];

    public void Dispose()
    {
        metering.Dispose();
        tracing.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        measured.Enqueue(new Measured(instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
}
