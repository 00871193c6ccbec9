using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Logs.Groups;

namespace Plumbline.LocalCloud.Services.Iam.Authorization.Actions;

/// <summary>The operations of CloudWatch and of its logs.</summary>
internal static class CloudWatchAccess
{
    private static readonly Access Tagged = new(null, input => Access.Values(input, "ResourceARN"));

    /// <summary>The rights that each operation of CloudWatch requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> Rows { get; } =
        new Dictionary<string, Access[]>
        {
            ["PutMetricData"] = [Access.Anything],
            ["GetMetricData"] = [Access.Anything],
            ["GetMetricStatistics"] = [Access.Anything],
            ["ListMetrics"] = [Access.Anything],
            ["PutMetricAlarm"] = [Alarm("AlarmName")],
            ["DescribeAlarms"] = [Alarm("AlarmNames[]")],
            ["DescribeAlarmsForMetric"] = [Access.Anything],
            ["DescribeAlarmHistory"] = [Alarm("AlarmName")],
            ["DeleteAlarms"] = [Alarm("AlarmNames[]")],
            ["SetAlarmState"] = [Alarm("AlarmName")],
            ["EnableAlarmActions"] = [Alarm("AlarmNames[]")],
            ["DisableAlarmActions"] = [Alarm("AlarmNames[]")],
            ["TagResource"] = [Tagged],
            ["UntagResource"] = [Tagged],
            ["ListTagsForResource"] = [Tagged],
        };

    /// <summary>The rights that each operation of CloudWatch Logs requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> LogRows { get; } =
        new Dictionary<string, Access[]>
        {
            ["CreateLogGroup"] = [Group],
            ["DeleteLogGroup"] = [Group],
            ["DescribeLogGroups"] = [Access.Anything],
            ["DescribeLogStreams"] = [Group],
            ["FilterLogEvents"] = [Group],
            ["PutRetentionPolicy"] = [Group],
            ["DeleteRetentionPolicy"] = [Group],
            ["CreateLogStream"] = [Stream],
            ["DeleteLogStream"] = [Stream],
            ["PutLogEvents"] = [Stream],
            ["GetLogEvents"] = [Stream],
            ["TagResource"] = [LogsTagged],
            ["UntagResource"] = [LogsTagged],
            ["ListTagsForResource"] = [LogsTagged],
        };

    private static Access LogsTagged => new(null, input => Access.Values(input, "resourceArn"));

    private static Access Group => new(null, input => Groups(input).Select(GroupArn));

    private static Access Stream =>
        new(
            null,
            input =>
                from name in Groups(input)
                from stream in Access.Values(input, "logStreamName")
                select GroupArn(name) + stream
        );

    private static IEnumerable<string> Groups(JsonObject input) =>
        Access.Values(input, "logGroupName").Concat(Access.Values(input, "logGroupIdentifier").Select(LogGroup.NameOf));

    /// <summary>The ARN by which AWS checks a group: that of its streams, whose names follow.</summary>
    private static string GroupArn(string name) => LocalArn.Of("logs", $"log-group:{name}:log-stream:");

    private static Access Alarm(string member) =>
        new(
            null,
            input => Access.ValuesOr(input, member, "*").Select(name => LocalArn.Of("cloudwatch", $"alarm:{name}"))
        );
}
