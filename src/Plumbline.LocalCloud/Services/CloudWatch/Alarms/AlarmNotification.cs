using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The message that an alarm sends to a topic.</summary>
internal static class AlarmNotification
{
    private const string RegionName = "US East (N. Virginia)";
    private const int LongestSubject = 100;

    public static string Subject(string name, string state)
    {
        var subject = $"{state}: \"{name}\" in {RegionName}";
        return subject.Length <= LongestSubject ? subject : subject[..(LongestSubject - 3)] + "...";
    }

    /// <summary>The message, as JSON.</summary>
    public static string Message(MetricAlarm alarm, MetricAlarm before, AlarmTransition transition)
    {
        var message = new JsonObject
        {
            ["AlarmName"] = alarm.AlarmName,
            ["AlarmDescription"] = alarm.AlarmDescription,
            ["AWSAccountId"] = LocalCloudIdentity.Account,
            ["AlarmConfigurationUpdatedTimestamp"] = AlarmReason.Time(alarm.AlarmConfigurationUpdatedTimestamp),
            ["NewStateValue"] = transition.State,
            ["NewStateReason"] = transition.Reason,
            ["StateChangeTime"] = AlarmReason.Time(transition.Time),
            ["Region"] = RegionName,
            ["AlarmArn"] = alarm.AlarmArn,
            ["OldStateValue"] = before.StateValue,
        };
        foreach (var list in AlarmInputRules.ActionLists)
        {
            message[list] = alarm.Tree[list]?.DeepClone() ?? new JsonArray();
        }

        message["Trigger"] = Trigger(alarm);
        return message.ToJsonString();
    }

    private static JsonObject Trigger(MetricAlarm alarm)
    {
        var settings = AlarmSettings.Of(alarm);
        var isSimple = settings.Statistic.Percentile is null;
        if (settings.Math is not null)
        {
            return new JsonObject
            {
                ["Period"] = settings.Period,
                ["EvaluationPeriods"] = settings.EvaluationPeriods,
                ["DatapointsToAlarm"] = settings.DatapointsToAlarm,
                ["ComparisonOperator"] = settings.Comparison,
                ["Threshold"] = settings.Threshold,
                ["TreatMissingData"] = settings.TreatMissingData,
                ["EvaluateLowSampleCountPercentile"] = alarm.EvaluateLowSampleCountPercentile ?? "",
                ["Metrics"] = alarm.Tree["Metrics"]!.DeepClone(),
            };
        }

        return new JsonObject
        {
            ["MetricName"] = settings.Metric.Name,
            ["Namespace"] = settings.Metric.Namespace,
            ["StatisticType"] = isSimple ? "Statistic" : "ExtendedStatistic",
            [isSimple ? "Statistic" : "ExtendedStatistic"] = isSimple
                ? settings.Statistic.Name.ToUpperInvariant()
                : settings.Statistic.Name,
            ["Unit"] = settings.Unit,
            ["Dimensions"] = new JsonArray([
                .. settings
                    .Metric.Pairs()
                    .Select(pair => new JsonObject { ["value"] = pair.Value, ["name"] = pair.Name }),
            ]),
            ["Period"] = settings.Period,
            ["EvaluationPeriods"] = settings.EvaluationPeriods,
            ["DatapointsToAlarm"] = settings.DatapointsToAlarm,
            ["ComparisonOperator"] = settings.Comparison,
            ["Threshold"] = AlarmReason.Figure(settings.Threshold),
            ["TreatMissingData"] = settings.TreatMissingData,
            ["EvaluateLowSampleCountPercentile"] = alarm.EvaluateLowSampleCountPercentile ?? "",
        };
    }
}
