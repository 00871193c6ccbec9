using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Events;

public sealed class DeliveryTests(RunningCloud running) : EventCalls(running), IClassFixture<RunningCloud>
{
    [Fact]
    public async Task An_event_goes_to_the_targets_of_the_rules_that_match_it_in_order()
    {
        await cloud.TellingRuleAsync(
            "matching",
            new { EventPattern = """{"source":["matching"],"detail":{"n":[{"exists":true}]}}""" },
            new { InputPath = "$.detail.n" }
        );
        await cloud.TellingRuleAsync("other", new { EventPattern = """{"source":["other"]}""" });

        var answer = await PutAsync([.. Enumerable.Range(1, 5).Select(n => Entry("matching", new { n }))]);

        answer.Int("FailedEntryCount").ShouldBe(0);
        (await cloud.MessagesAsync("matching", 5)).ShouldBe(["1", "2", "3", "4", "5"]);
        (await cloud.MessagesAsync("other")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_arrives_in_EventBridges_envelope_under_the_id_that_was_answered()
    {
        await cloud.TellingRuleAsync("envelope", new { EventPattern = """{"source":["envelope"]}""" });

        var answer = await PutAsync(
            new
            {
                Source = "envelope",
                DetailType = "A type",
                Detail = """{"a":1}""",
                Resources = new[] { "arn:x" },
                Time = 1_700_000_000,
            }
        );

        var told = JsonNode.Parse((await cloud.MessagesAsync("envelope", 1)).Single())!.AsObject();
        told.Text("id").ShouldBe(answer.Objects("Entries").Single().Text("EventId"));
        told.Text("detail-type").ShouldBe("A type");
        told.Text("time").ShouldBe("2023-11-14T22:13:20Z");
        told.Texts("resources").ShouldBe(["arn:x"]);
        told["detail"]!.ToJsonString().ShouldBe("""{"a":1}""");
    }

    [Fact]
    public async Task Entries_that_are_not_possible_are_reported_beside_those_that_are()
    {
        var answer = await PutAsync(
            Entry("aws.sagemaker", new { }),
            new
            {
                Source = "a",
                DetailType = "b",
                Detail = "{",
            },
            new { Source = "a", Detail = "{}" },
            Entry("fine", new { })
        );

        answer.Int("FailedEntryCount").ShouldBe(3);
        answer
            .Objects("Entries")
            .Select(entry => entry.Text("ErrorCode"))
            .ShouldBe(["NotAuthorizedForSourceException", "MalformedDetail", "InvalidArgument", null]);
    }

    [Fact]
    public async Task A_transformer_shapes_what_the_target_is_told()
    {
        await cloud.TellingRuleAsync(
            "transformed",
            new { EventPattern = """{"source":["transformed"]}""" },
            new
            {
                InputTransformer = new
                {
                    InputPathsMap = new { n = "$.detail.n" },
                    InputTemplate = """{ "n": <n>, "text": "<n> of <aws.events.rule-name>" }""",
                },
            }
        );

        await PutAsync(Entry("transformed", new { n = 7 }));

        (await cloud.MessagesAsync("transformed", 1)).Single().ShouldBe("""{"n":7,"text":"7 of transformed"}""");
    }

    [Fact]
    public async Task A_change_of_an_alarms_state_is_an_event()
    {
        await cloud.TellingRuleAsync(
            "alarm",
            new
            {
                EventPattern = """{"source":["aws.cloudwatch"],"detail-type":["CloudWatch Alarm State Change"],"detail":{"alarmName":["watched"],"state":{"value":["ALARM"]}}}""",
            }
        );
        await cloud.CallAsync(
            "monitoring",
            "PutMetricAlarm",
            new
            {
                AlarmName = "watched",
                AlarmDescription = "too low",
                Namespace = "N",
                MetricName = "m",
                Dimensions = new[] { new { Name = "d", Value = "v" } },
                Statistic = "Average",
                Period = 300,
                EvaluationPeriods = 1,
                Threshold = 0.9,
                ComparisonOperator = "LessThanThreshold",
                TreatMissingData = "breaching",
            }
        );

        var told = JsonNode.Parse((await cloud.MessagesAsync("alarm", 1)).Single())!.AsObject();
        told.Texts("resources").ShouldBe(["arn:aws:cloudwatch:us-east-1:000000000000:alarm:watched"]);
        var detail = told.Object("detail")!;
        detail.Object("previousState")!.Text("value").ShouldBe("INSUFFICIENT_DATA");
        detail["configuration"]!["description"]!.ToString().ShouldBe("too low");
        detail["configuration"]!["metrics"]![0]!["metricStat"]!["metric"]!
            .ToJsonString()
            .ShouldBe("""{"namespace":"N","name":"m","dimensions":{"d":"v"}}""");
    }

    [Fact]
    public async Task Events_that_a_crash_left_on_their_way_arrive_once_after_it()
    {
        await cloud.TellingRuleAsync(
            "crash",
            new { EventPattern = """{"source":["crash"]}""" },
            new { InputPath = "$.detail.n" }
        );
        await PutAsync(Entry("crash", new { n = 1 }));
        await cloud.MessagesAsync("crash", 1);

        // As if the local cloud had died with undelivered events, of which SNS already had one.
        var target = (await cloud.CallAsync("events", "ListTargetsByRule", new { Rule = "crash" })).Objects("Targets");
        foreach (var _ in (int[])[1, 2])
        {
            await DeliverAgainAsync(
                "crash",
                target.Single(),
                new JsonObject
                {
                    ["id"] = "the-same",
                    ["detail"] = new JsonObject { ["n"] = 2 },
                }
            );
        }

        await cloud.RestartAsync();
        await PutAsync(Entry("crash", new { n = 3 }));

        (await cloud.MessagesAsync("crash", 3)).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task A_target_that_refuses_is_given_up_and_counted()
    {
        await cloud.TellingRuleAsync("given-up", new { EventPattern = """{"source":["given-up"]}""" });
        await cloud.CallAsync("sns", "DeleteTopic", new { TopicArn = "arn:aws:sns:us-east-1:000000000000:given-up" });

        await PutAsync(Entry("given-up", new { }));

        var failures = await Eventually.Async(
            () =>
                cloud.CallAsync(
                    "monitoring",
                    "ListMetrics",
                    new
                    {
                        Namespace = "AWS/Events",
                        MetricName = "FailedInvocations",
                        Dimensions = new[] { new { Name = "RuleName", Value = "given-up" } },
                    }
                ),
            answer => answer.Objects("Metrics").Any()
        );
        failures.Objects("Metrics").Count().ShouldBe(1);
    }
}
