using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Events;

public sealed class RuleTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:t";
    private const string Role = "arn:aws:iam::000000000000:role/events";

    [Fact]
    public async Task A_rule_is_described_as_it_was_put_and_keeps_its_targets_when_it_is_put_again()
    {
        await RuleAsync("put", """{"source":["a"]}""");
        await cloud.CallAsync("events", "PutTargets", Targets("put", new { Id = "1", Arn = Topic }));
        await cloud.CallAsync("events", "PutRule", new { Name = "put", ScheduleExpression = "rate(1 day)" });

        var rule = await cloud.CallAsync("events", "DescribeRule", new { Name = "put" });
        var targets = await cloud.CallAsync("events", "ListTargetsByRule", new { Rule = "put" });
        var names = await cloud.CallAsync("events", "ListRuleNamesByTarget", new { TargetArn = Topic });

        rule.Text("Arn").ShouldBe("arn:aws:events:us-east-1:000000000000:rule/put");
        rule.Text("State").ShouldBe("ENABLED");
        rule.Text("ScheduleExpression").ShouldBe("rate(1 day)");
        rule.Text("EventPattern").ShouldBeNull();
        targets.Objects("Targets").Single().Text("Arn").ShouldBe(Topic);
        names.Texts("RuleNames").ShouldContain("put");
    }

    [Fact]
    public async Task A_rule_with_targets_is_not_deleted()
    {
        await RuleAsync("used", """{"source":["a"]}""");
        await cloud.CallAsync("events", "PutTargets", Targets("used", new { Id = "1", Arn = Topic }));

        var refusal = await cloud.RefusalAsync("events", "DeleteRule", new { Name = "used" });
        await cloud.CallAsync("events", "RemoveTargets", new { Rule = "used", Ids = new[] { "1" } });
        await cloud.CallAsync("events", "DeleteRule", new { Name = "used" });
        await cloud.CallAsync("events", "DeleteRule", new { Name = "used" });

        refusal.Message.ShouldBe("Rule can't be deleted since it has targets.");
        (await cloud.RefusalAsync("events", "DescribeRule", new { Name = "used" })).Message.ShouldBe(
            "Rule used does not exist on EventBus default."
        );
    }

    [Fact]
    public async Task Rules_are_listed_by_prefix_page_by_page_and_switched_off_and_on()
    {
        foreach (var name in new[] { "list-b", "list-a", "list-c" })
        {
            await RuleAsync(name, """{"source":["a"]}""");
        }

        await cloud.CallAsync("events", "DisableRule", new { Name = "list-a" });
        var first = await cloud.CallAsync("events", "ListRules", new { NamePrefix = "list-", Limit = 2 });
        var second = await cloud.CallAsync(
            "events",
            "ListRules",
            new { NamePrefix = "list-", NextToken = first.Text("NextToken") }
        );

        first.Objects("Rules").Select(rule => rule.Text("Name")).ShouldBe(["list-a", "list-b"]);
        first.Objects("Rules").Select(rule => rule.Text("State")).ShouldBe(["DISABLED", "ENABLED"]);
        second.Objects("Rules").Select(rule => rule.Text("Name")).ShouldBe(["list-c"]);
    }

    [Theory]
    [InlineData(
        """{"EventPattern":"{\"a\": []}"}""",
        "Event pattern is not valid. Reason: Empty arrays are not allowed"
    )]
    [InlineData("""{"ScheduleExpression":"rate(1 minutes)"}""", "Parameter ScheduleExpression is not valid.")]
    [InlineData("""{"ScheduleExpression":"at(2030-01-01T00:00:00)"}""", "Parameter ScheduleExpression is not valid.")]
    [InlineData("{}", "Parameter(s) EventPattern or ScheduleExpression must be specified.")]
    [InlineData("""{"EventPattern":"{\"a\":[1]}","EventBusName":"other"}""", "Event bus other does not exist.")]
    public async Task A_rule_that_is_not_possible_is_refused(string members, string message)
    {
        var input = JsonNode.Parse(members)!.AsObject();
        input["Name"] = "refused";

        (await cloud.RefusalAsync("events", "PutRule", input)).Message.ShouldStartWith(message);
    }

    [Theory]
    [InlineData("""{"Arn":"arn:aws:lambda:us-east-1:000000000000:function:f"}""", "not to 'lambda'")]
    [InlineData("""{"Arn":"x"}""", "Parameter x is not valid. Reason: Provided Arn is not in correct format.")]
    [InlineData(
        """{"Arn":"arn:aws:sagemaker:us-east-1:000000000000:pipeline/p"}""",
        "RoleArn is required for target arn:aws:sagemaker:us-east-1:000000000000:pipeline/p."
    )]
    [InlineData(
        """{"Arn":"arn:aws:sns:us-east-1:000000000000:t","Input":"{}","InputPath":"$.detail"}""",
        "Only one of Input, InputPath, or InputTransformer must be provided for target 1."
    )]
    [InlineData(
        """{"Arn":"arn:aws:sns:us-east-1:000000000000:t","Input":"{"}""",
        "JSON syntax error in input for target 1"
    )]
    [InlineData(
        """{"Arn":"arn:aws:sns:us-east-1:000000000000:t","InputTransformer":{"InputTemplate":"{\"a\":<nobody>}"}}""",
        "<nobody>"
    )]
    public async Task A_target_that_is_not_possible_is_refused(string members, string message)
    {
        await RuleAsync("targets", """{"source":["a"]}""");
        var target = JsonNode.Parse(members)!.AsObject();
        target["Id"] = "1";

        (await cloud.RefusalAsync("events", "PutTargets", Targets("targets", target))).Message.ShouldContain(message);
    }

    [Fact]
    public async Task Tags_are_kept()
    {
        await cloud.CallAsync(
            "events",
            "PutRule",
            new
            {
                Name = "tagged",
                EventPattern = """{"a":["b"]}""",
                RoleArn = Role,
                Tags = new[] { new { Key = "k", Value = "v" } },
            }
        );
        const string arn = "arn:aws:events:us-east-1:000000000000:rule/tagged";
        await cloud.CallAsync(
            "events",
            "TagResource",
            new { ResourceARN = arn, Tags = new[] { new { Key = "l", Value = "w" } } }
        );
        await cloud.CallAsync("events", "UntagResource", new { ResourceARN = arn, TagKeys = new[] { "k" } });

        var tags = await cloud.CallAsync("events", "ListTagsForResource", new { ResourceARN = arn });

        tags.Objects("Tags").Single().Text("Value").ShouldBe("w");
    }

    [Fact]
    public async Task A_pattern_can_be_tried_out()
    {
        const string EventPattern = """{"source":["a"]}""";
        var @event = Connections.Json(
            """{"id":"1","source":"a","account":"000000000000","time":"2022-07-13T13:48:01Z","region":"us-east-1","detail-type":"d"}"""
        );
        var input = new { EventPattern, Event = @event.ToJsonString() };

        (await cloud.CallAsync("events", "TestEventPattern", input)).Bool("Result").ShouldBe(true);
        var incomplete = @event
            .Select(member => member.Key)
            .Select(member =>
            {
                var copy = @event.DeepClone().AsObject();
                copy.Remove(member);
                return copy.ToJsonString();
            });
        foreach (var invalid in (string[])["[]", "text", .. incomplete])
        {
            (
                await cloud.RefusalAsync("events", "TestEventPattern", new { EventPattern, Event = invalid })
            ).Message.ShouldBe("Parameter Event is not valid.");
        }
    }

    private static JsonObject Targets(string rule, object target) =>
        new() { ["Rule"] = rule, ["Targets"] = new JsonArray(System.Text.Json.JsonSerializer.SerializeToNode(target)) };

    private Task RuleAsync(string name, string pattern) =>
        cloud.CallAsync("events", "PutRule", new { Name = name, EventPattern = pattern });
}
