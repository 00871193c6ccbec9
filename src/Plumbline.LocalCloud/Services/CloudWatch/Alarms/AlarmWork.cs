using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>Which alarms are to be evaluated.</summary>
internal sealed class AlarmWork
{
    /// <summary>Metrics that have new data.</summary>
    public HashSet<Metric> Metrics { get; } = [];

    /// <summary>Alarms that have another configuration.</summary>
    public HashSet<string> Names { get; } = [];

    /// <summary>A minute has ended: all alarms, over whole minutes.</summary>
    public bool All { get; set; }

    /// <summary>All alarms, the minute in progress included.</summary>
    public bool EarlyAll { get; init; }

    /// <summary>True where the alarm is to be evaluated with the minute in progress.</summary>
    public bool IsAboutEarly(JsonObject alarm) =>
        EarlyAll
        || Names.Contains(alarm.Text("AlarmName")!)
        || (Metrics.Count > 0 && AlarmSettings.Of(alarm) is var settings && Metrics.Any(settings.Watches));
}
