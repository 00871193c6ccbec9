using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Events;

public sealed class EventBusTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Default = "arn:aws:events:us-east-1:000000000000:event-bus/default";

    [Fact]
    public async Task The_bus_is_there_from_the_beginning_and_says_since_when()
    {
        var described = await cloud.CallAsync("events", "DescribeEventBus", new { Name = "default" });
        var listed = (await cloud.CallAsync("events", "ListEventBuses", new { })).Objects("EventBuses").Single();

        described.Text("Arn").ShouldBe(Default);
        described.Time("CreationTime")!.Value.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(10));
        listed.Time("CreationTime").ShouldBe(described.Time("CreationTime"));
        described.Time("LastModifiedTime").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_bus_has_tags()
    {
        await cloud.CallAsync(
            "events",
            "TagResource",
            new
            {
                ResourceARN = Default,
                Tags = new[] { new { Key = "tag1", Value = "value1" }, new { Key = "tag2", Value = "value2" } },
            }
        );
        await cloud.CallAsync("events", "UntagResource", new { ResourceARN = Default, TagKeys = new[] { "tag2" } });
        await cloud.RestartAsync();

        var tags = await cloud.CallAsync("events", "ListTagsForResource", new { ResourceARN = Default });

        tags.Objects("Tags").Select(tag => (tag.Text("Key"), tag.Text("Value"))).ShouldBe([("tag1", "value1")]);
    }

    [Theory]
    [InlineData("arn:aws:events:us-east-1:000000000000:event-bus/other", "Event bus other does not exist.")]
    [InlineData("arn:aws:events:us-east-1:000000000000:rule/none", "Rule none does not exist on EventBus default.")]
    [InlineData(
        "arn:aws:sns:us-east-1:000000000000:t",
        "Parameter arn:aws:sns:us-east-1:000000000000:t is not valid. Reason: Provided Arn is not in correct format."
    )]
    public async Task Tags_of_what_is_not_there_are_refused(string arn, string message) =>
        (await cloud.RefusalAsync("events", "ListTagsForResource", new { ResourceARN = arn })).Message.ShouldBe(
            message
        );

    [Fact]
    public async Task More_than_ten_events_at_once_are_refused_and_shown()
    {
        var entries = Enumerable
            .Repeat(
                new
                {
                    Source = "app",
                    DetailType = "t",
                    Detail = """{"command": "show"}""",
                },
                11
            )
            .ToList();

        var refused = await cloud.RefusalAsync("events", "PutEvents", new { Entries = entries });

        const string Entry =
            """PutEventsRequestEntry(time=null, source=app, resources=null, detailType=t, detail={"command": "show"}, eventBusName=null, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)""";
        refused.Code.ShouldBe("ValidationException");
        refused.Message.ShouldBe(
            $"1 validation error detected: Value '[{string.Join(", ", Enumerable.Repeat(Entry, 11))}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10"
        );
    }
}
