using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

/// <summary>Errors in AWS's words, in each of CloudWatch's protocols.</summary>
public sealed class WordingTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task The_state_of_an_unknown_alarm_is_refused_without_a_message()
    {
        foreach (var wire in CloudWatchWire.All(cloud.Host))
        {
            var (status, error) = await wire.RefusalAsync("SetAlarmState", State("none", "OK"));

            (status, error.Code, error.Message).ShouldBe((404, "ResourceNotFound", ""), wire.Protocol);
        }
    }

    [Fact]
    public async Task A_state_that_does_not_exist_is_refused_with_the_three_that_do()
    {
        foreach (var wire in CloudWatchWire.All(cloud.Host))
        {
            var (status, error) = await wire.RefusalAsync("SetAlarmState", State("any", "NOPE"));

            (status, error.Code).ShouldBe((400, "ValidationError"), wire.Protocol);
            error.Message.ShouldBe(
                "1 validation error detected: Value 'NOPE' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]"
            );
        }
    }

    [Fact]
    public async Task A_validation_error_has_one_name_in_the_body_and_the_query_protocols_in_the_header()
    {
        var wire = CloudWatchWire.All(cloud.Host).Single(wire => wire.Protocol == "json");

        var answer = await wire.SendAsync("SetAlarmState", State("any", "NOPE"));

        answer.Headers["x-amzn-query-error"].ToString().ShouldBe("ValidationError;Sender");
        JsonNode.Parse(answer.Body.Span)!.AsObject().Text("__type").ShouldBe("ValidationException");
    }

    [Fact]
    public async Task More_datapoints_than_CloudWatch_gives_are_refused_with_plain_figures()
    {
        var end = DateTimeOffset.UtcNow;
        foreach (var wire in CloudWatchWire.All(cloud.Host))
        {
            var (_, error) = await wire.RefusalAsync(
                "GetMetricStatistics",
                new JsonObject
                {
                    ["Namespace"] = "n",
                    ["MetricName"] = "m",
                    ["StartTime"] = Tree.Of(end.AddDays(-1)),
                    ["EndTime"] = Tree.Of(end),
                    ["Period"] = 1,
                    ["Statistics"] = new JsonArray("Sum"),
                }
            );

            error.Code.ShouldBe("InvalidParameterCombination");
            error.Message.ShouldBe(
                "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range."
            );
        }
    }

    [Fact]
    public async Task A_threshold_is_a_double_for_readers_without_a_model()
    {
        var wires = CloudWatchWire.All(cloud.Host).ToDictionary(wire => wire.Protocol);
        await wires["json"]
            .CallAsync(
                "PutMetricAlarm",
                Connections.Json(
                    """
                    {"AlarmName":"double","Namespace":"n","MetricName":"m","Statistic":"Sum","Period":60,"EvaluationPeriods":1,
                     "Threshold":30,"ComparisonOperator":"LessThanThreshold"}
                    """
                )
            );
        var asked = Connections.Json("""{"AlarmNames":["double"]}""");

        Encoding
            .UTF8.GetString((await wires["json"].SendAsync("DescribeAlarms", asked)).Body.Span)
            .ShouldContain("\"Threshold\":30.0");
        Encoding
            .UTF8.GetString((await wires["query"].SendAsync("DescribeAlarms", asked)).Body.Span)
            .ShouldContain("<Threshold>30.0</Threshold>");
    }

    private static JsonObject State(string alarm, string state) =>
        new()
        {
            ["AlarmName"] = alarm,
            ["StateValue"] = state,
            ["StateReason"] = "r",
        };
}
