using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The alarms that are to be evaluated.</summary>
internal sealed class AlarmWork
{
    /// <summary>Metrics that have new data.</summary>
    public HashSet<Metric> Metrics { get; } = [];

    /// <summary>Alarms that were created or reconfigured.</summary>
    public HashSet<string> Names { get; } = [];

    /// <summary>True once a minute has ended: all alarms, over whole minutes.</summary>
    public bool All { get; set; }

    /// <summary>True for all alarms, including the minute in progress.</summary>
    public bool EarlyAll { get; init; }

    /// <summary>True if the alarm is to be evaluated with the minute in progress.</summary>
    public bool IsAboutEarly(MetricAlarm alarm) =>
        EarlyAll
        || Names.Contains(alarm.AlarmName)
        || (Metrics.Count > 0 && AlarmSettings.Of(alarm) is var settings && Metrics.Any(settings.Watches));
}
