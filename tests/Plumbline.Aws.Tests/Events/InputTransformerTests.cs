using System.Text.Json.Nodes;
using Plumbline.Aws.Events;

namespace Plumbline.Aws.Tests.Events;

public sealed class InputTransformerTests
{
    private static readonly JsonObject Event = JsonNode
        .Parse(
            """
            {"id":"7bf7","time":"2015-11-11T21:29:54Z","resources":["arn:a","arn:b"],
             "detail":{"instance-id":"i-01","state":"RUNNING","count":3,"said":"a \"word\"","in":{"b c":[1,{"d":true}]}}}
            """
        )!
        .AsObject();

    /// <summary>The examples of the user guide, and its rules for missing values and objects.</summary>
    [Theory]
    [InlineData("\"instance <instance> is in <state>\"", "\"instance i-01 is in RUNNING\"")]
    [InlineData("\"instance \\\"<instance>\\\" is in <state>\"", "\"instance \\\"i-01\\\" is in RUNNING\"")]
    [InlineData(
        "{ \"instance\" : <instance>, \"state\": [ 9, <state>, true ] }",
        """{"instance":"i-01","state":[9,"RUNNING",true]}"""
    )]
    [InlineData("{\"state\": \"<state>\", \"count\": <count>}", """{"state":"RUNNING","count":3}""")]
    [InlineData(
        "{\"rule\": <aws.events.rule-name>, \"arn\": \"<aws.events.rule-arn>\"}",
        """{"rule":"r","arn":"arn:r"}"""
    )]
    [InlineData("{\"at\": <aws.events.event.ingestion-time>}", """{"at":"2015-11-11T21:29:54Z"}""")]
    [InlineData("{\"missing\": <missing>, \"text\": \"<missing>!\"}", """{"missing":"","text":"!"}""")]
    [InlineData("{\"text\": \"<in>\"}", """{"text":"{b c:[1,{d:true}]}"}""")]
    [InlineData("{\"said\": \"<said>\"}", """{"said":"a \"word\""}""")]
    public void A_template_is_filled_as_AWS_fills_it(string template, string result) =>
        Transformer(template).Render(new EventEnvelope(Event), "arn:r", "r").ShouldBe(result);

    [Fact]
    public void The_whole_event_can_be_passed_on_with_and_without_its_detail()
    {
        var rendered = JsonNode.Parse(
            Transformer("{\"e\": <aws.events.event>, \"j\": <aws.events.event.json>}")
                .Render(new EventEnvelope(Event), "arn:r", "r")
        )!;

        JsonNode.DeepEquals(rendered["j"], Event).ShouldBeTrue();
        rendered["e"]!["id"]!.ToString().ShouldBe("7bf7");
        rendered["e"]!.AsObject().ContainsKey("detail").ShouldBeFalse();
    }

    [Theory]
    [InlineData("{\"a\": <nobody>}", "<nobody>")]
    [InlineData("just <state>", "not JSON")]
    public void A_template_that_cannot_work_is_refused(string template, string text) =>
        Should.Throw<FormatException>(() => Transformer(template)).Message.ShouldContain(text);

    [Theory]
    [InlineData("$.detail.state", "\"RUNNING\"")]
    [InlineData("$.detail['in']['b c'][1].d", "true")]
    [InlineData("$.resources[1]", "\"arn:b\"")]
    [InlineData("$.resources[2]", null)]
    [InlineData("$.detail.state.deeper", null)]
    public void A_path_leads_to_its_place(string path, string? value) =>
        (EventPath.Parse(path).Find(Event)?.ToJsonString()).ShouldBe(value);

    [Theory]
    [InlineData("detail.state")]
    [InlineData("$.detail.*")]
    [InlineData("$..state")]
    [InlineData("$.")]
    public void What_is_not_a_path_is_refused(string path) =>
        Should.Throw<FormatException>(() => EventPath.Parse(path));

    private static InputTransformer Transformer(string template) =>
        InputTransformer.Parse(
            new Dictionary<string, string>
            {
                ["instance"] = "$.detail.instance-id",
                ["state"] = "$.detail.state",
                ["count"] = "$.detail.count",
                ["said"] = "$.detail.said",
                ["in"] = "$.detail.in",
                ["missing"] = "$.detail.missing",
            },
            template
        );
}
