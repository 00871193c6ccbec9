using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

/// <summary>Makes alarms that compare a metric of the same name, and reads their states.</summary>
public abstract class AlarmCalls(RunningCloud cloud)
{
    private protected readonly RunningCloud cloud = cloud;

    private protected static JsonObject Configuration(string name, object changes)
    {
        var input = new JsonObject
        {
            ["AlarmName"] = name,
            ["MetricName"] = name,
            ["Namespace"] = "Plumbline/ModelQuality",
            ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "Endpoint", ["Value"] = "e" }),
            ["Period"] = 300,
            ["EvaluationPeriods"] = 1,
            ["Statistic"] = "Average",
            ["Threshold"] = 0.9,
            ["ComparisonOperator"] = "LessThanThreshold",
            ["TreatMissingData"] = "ignore",
        };
        foreach (var (key, value) in System.Text.Json.JsonSerializer.SerializeToNode(changes)!.AsObject())
        {
            input[key] = value?.DeepClone();
        }

        return input;
    }

    private protected Task PutAlarmAsync(string name, object changes) =>
        cloud.CallAsync("monitoring", "PutMetricAlarm", Configuration(name, changes));

    private protected Task PutMetricAsync(string name, double value) =>
        cloud.CallAsync(
            "monitoring",
            "PutMetricData",
            new
            {
                Namespace = "Plumbline/ModelQuality",
                MetricData = new[]
                {
                    new
                    {
                        MetricName = name,
                        Value = value,
                        Dimensions = new[] { new { Name = "Endpoint", Value = "e" } },
                    },
                },
            }
        );

    private protected async Task<JsonObject> AlarmAsync(string name)
    {
        var answer = await cloud.CallAsync("monitoring", "DescribeAlarms", new { AlarmNames = new[] { name } });
        return answer.Objects("MetricAlarms").Single();
    }

    private protected Task<JsonObject> StateAsync(string name, string state) =>
        Eventually.Async(() => AlarmAsync(name), alarm => alarm.Text("StateValue") == state);
}
