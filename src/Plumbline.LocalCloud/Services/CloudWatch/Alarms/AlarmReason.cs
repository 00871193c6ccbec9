using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The reason for an alarm's state, in CloudWatch's words.</summary>
internal static class AlarmReason
{
    public const string Initial = "Unchecked: Initial alarm creation";

    /// <summary>Returns the sentence for StateReason.</summary>
    /// <param name="settings">The alarm's configuration.</param>
    /// <param name="verdict">The evaluation.</param>
    public static string Text(AlarmSettings settings, AlarmVerdict verdict)
    {
        if (verdict.State == StateValue.InsufficientData)
        {
            return $"Insufficient Data: {Count(verdict.Filled, "datapoint was", "datapoints were")} unknown.";
        }

        return verdict.Evaluated.Count == 0 ? Missing(settings, verdict) : Crossed(settings, verdict);
    }

    /// <summary>Returns the JSON for StateReasonData.</summary>
    public static string Data(AlarmSettings settings, AlarmVerdict verdict, DateTimeOffset now)
    {
        var data = new JsonObject { ["version"] = "1.0", ["queryDate"] = Time(now) };
        if (verdict.Evaluated.Count > 0)
        {
            data["startDate"] = Time(verdict.Evaluated[^1].Start);
        }

        if (settings.Math is null)
        {
            if (settings.Unit is not null)
            {
                data["unit"] = settings.Unit;
            }

            data["statistic"] = settings.Statistic.Name;
        }

        data["period"] = settings.Period;
        data["recentDatapoints"] = new JsonArray([.. verdict.Evaluated.Reverse().Select(point => Figure(point.Value))]);
        data["threshold"] = Figure(settings.Threshold);
        data["evaluatedDatapoints"] = new JsonArray([
            .. verdict.Evaluated.Select(point => new JsonObject
            {
                ["timestamp"] = Time(point.Start),
                ["sampleCount"] = Figure(point.SampleCount),
                ["value"] = Figure(point.Value),
            }),
        ]);
        return data.ToJsonString();
    }

    /// <summary>A time as CloudWatch writes it into events and messages.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    /// <summary>Writes a double in JSON as 50.0, not 50.</summary>
    public static JsonNode Figure(double value) => JsonNode.Parse(Numbers.Text(value))!;

    private static string Crossed(AlarmSettings settings, AlarmVerdict verdict)
    {
        var isAlarm = verdict.State == StateValue.Alarm;
        var points = verdict.Evaluated;
        var told = points.Where(point => settings.IsBreaching(point.Value) == isAlarm).ToList();
        var shown = told.Count > 0 ? told : points;
        var values = string.Join(", ", shown.Select(Shown));
        var needed = isAlarm ? settings.DatapointsToAlarm : settings.EvaluationPeriods - settings.DatapointsToAlarm + 1;
        var transition = isAlarm ? "OK -> ALARM" : "ALARM -> OK";
        return $"Threshold Crossed: {shown.Count} out of the last {points.Count} datapoints [{values}] "
            + $"{(shown.Count == 1 ? "was" : "were")} {(isAlarm ? "" : "not ")}{Comparison(settings)} "
            + $"the threshold ({Numbers.Text(settings.Threshold)}) "
            + $"(minimum {Count(needed, "datapoint", "datapoints")} for {transition} transition).";
    }

    private static string Missing(AlarmSettings settings, AlarmVerdict verdict)
    {
        var treated = verdict.State == StateValue.Alarm ? "Breaching" : "NonBreaching";
        return $"Threshold Crossed: no datapoints were received for {Count(settings.EvaluationPeriods, "period", "periods")} and "
            + $"{Count(verdict.Filled, "missing datapoint was", "missing datapoints were")} treated as [{treated}].";
    }

    private static string Shown(AlarmDatapoint point) =>
        $"{Numbers.Text(point.Value)} ({point.Start.UtcDateTime.ToString("dd/MM/yy HH:mm:ss", CultureInfo.InvariantCulture)})";

    private static string Comparison(AlarmSettings settings) =>
        settings.Comparison switch
        {
            ComparisonOperator.GreaterThanThreshold => "greater than",
            ComparisonOperator.GreaterThanOrEqualToThreshold => "greater than or equal to",
            ComparisonOperator.LessThanThreshold => "less than",
            _ => "less than or equal to",
        };

    private static string Count(int count, string one, string more) => $"{count} {(count == 1 ? one : more)}";
}
