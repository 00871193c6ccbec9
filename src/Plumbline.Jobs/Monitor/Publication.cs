using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Records.Monitoring;

namespace Plumbline.Jobs.Monitor;

/// <summary>A report as CloudWatch data, without timestamps: CloudWatch uses the time of publication.</summary>
internal static class Publication
{
    public static JsonObject Input(MonitorReport report, string space, string schedule)
    {
        var data = new JsonArray { Datum(ModelQualityMetric.Labels, report.Labels, "Count", report, schedule) };
        if (report is { Value: { } value, Lower: { } lower, Upper: { } upper })
        {
            var metric = report.Kind().Published;
            data.Add(Datum(metric, value, "None", report, schedule));
            data.Add(Datum(ModelQualityMetric.Lower(metric), lower, "None", report, schedule));
            data.Add(Datum(ModelQualityMetric.Upper(metric), upper, "None", report, schedule));
        }
        return new JsonObject { ["Namespace"] = space, ["MetricData"] = data };
    }

    /// <summary>Returns true if the alarm exists and is in ALARM.</summary>
    public static async Task<bool> IsInAlarmAsync(CloudWatchClient cloudWatch, string alarm, CancellationToken ct)
    {
        var input = new JsonObject { ["AlarmNames"] = new JsonArray(alarm) };
        var described = await cloudWatch.DescribeAlarmsAsync(input, ct);
        return described.MetricAlarms.FirstOrDefault()?.StateValue == StateValue.Alarm;
    }

    private static JsonObject Datum(string name, double value, string unit, MonitorReport report, string schedule) =>
        new()
        {
            ["MetricName"] = name,
            ["Dimensions"] = new JsonArray(
                Dimension(ModelQualityMetric.EndpointDimension, report.Endpoint),
                Dimension(ModelQualityMetric.ScheduleDimension, schedule)
            ),
            ["Value"] = value,
            ["Unit"] = unit,
        };

    private static JsonObject Dimension(string name, string value) => new() { ["Name"] = name, ["Value"] = value };
}
