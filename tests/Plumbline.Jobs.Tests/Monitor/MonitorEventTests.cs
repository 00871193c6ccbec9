using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Monitor;

[Collection("processes")]
public sealed class MonitorEventTests : MonitoredTraffic
{
    [Fact]
    public async Task A_commit_that_waits_for_its_training_is_asked_for_again()
    {
        var told = await ListenAsync(
            """{"source":["plumbline"],"detail-type":["Push Waiting"],"detail":{"project":["sample"]}}"""
        );
        await RunAsync("--endpoint", "pets");
        await cloud.PutAsync(Layout.WaitingPush, "{}\n");
        await RunAsync("--endpoint", "pets");
        await Eventually.Async(told, count => count == 1);
    }

    [Fact]
    public async Task A_standing_alarm_is_told_again_and_a_cleared_one_is_not()
    {
        var told = await ListenAsync();
        await cloud.CloudWatch.PutMetricAlarmAsync(
            ProcessingCloud.Json(
                """
                {"AlarmName":"sample-accuracy","Namespace":"Plumbline/ModelQuality","MetricName":"accuracy","Statistic":"Minimum",
                 "Dimensions":[{"Name":"Endpoint","Value":"pets"},{"Name":"MonitoringSchedule","Value":"sample-monitor"}],
                 "Period":300,"EvaluationPeriods":1,"DatapointsToAlarm":1,"Threshold":0.8,
                 "ComparisonOperator":"LessThanThreshold","TreatMissingData":"ignore"}
                """
            )
        );
        await TrafficAsync(right: 2, wrong: 18, unlabelled: 0);

        await RunAsync("--endpoint", "pets");
        await Eventually.Async(
            () => cloud.CloudWatch.DescribeAlarmsAsync(),
            alarms => alarms.MetricAlarms.First().StateValue == StateValue.Alarm,
            TimeSpan.FromMinutes(1)
        );
        (await told()).ShouldBe(0);

        await RunAsync("--endpoint", "pets");
        await Eventually.Async(told, count => count == 1);

        await TrafficAsync(right: 200, wrong: 0, unlabelled: 0);
        await RunAsync("--endpoint", "pets");
        (await told()).ShouldBe(1);
    }

    /// <summary>Counts the events that a rule like the loop's passes to a topic.</summary>
    private async Task<Func<Task<int>>> ListenAsync(
        string pattern =
            """{"source":["plumbline"],"detail-type":["Accuracy Still Low"],"detail":{"alarmName":["sample-accuracy"]}}"""
    )
    {
        var connection = cloud.Connection;
        var topic = await new SnsClient(connection).CreateTopicAsync(new JsonObject { ["Name"] = "told" });
        var events = new EventsClient(connection);
        await events.PutRuleAsync(new JsonObject { ["Name"] = "still-low", ["EventPattern"] = pattern });
        var arn = topic["TopicArn"]!.GetValue<string>();
        await events.PutTargetsAsync(
            new JsonObject
            {
                ["Rule"] = "still-low",
                ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "topic", ["Arn"] = arn }),
            }
        );
        // The local cloud writes published messages into the topic's log group.
        var group = "sns/" + string.Join('/', arn.Split(':')[3..]);
        return async () =>
        {
            var logs = new LogsClient(connection);
            try
            {
                var found = await logs.FilterLogEventsAsync(new JsonObject { ["logGroupName"] = group });
                return found.Events.Count();
            }
            catch (AwsException e) when (e.Code == "ResourceNotFoundException")
            {
                return 0;
            }
        };
    }
}
