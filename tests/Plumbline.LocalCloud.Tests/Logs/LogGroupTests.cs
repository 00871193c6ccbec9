using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.Logs.Groups;

namespace Plumbline.LocalCloud.Tests.Logs;

public sealed class LogGroupTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task Groups_are_listed_by_name_page_by_page()
    {
        foreach (var name in new[] { "/list/c", "/list/a", "/list/b", "/other" })
        {
            await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = name });
        }

        var first = await cloud.CallAsync(
            "logs",
            "DescribeLogGroups",
            new { logGroupNamePrefix = "/list/", limit = 2 }
        );
        var second = await cloud.CallAsync(
            "logs",
            "DescribeLogGroups",
            new
            {
                logGroupNamePrefix = "/list/",
                limit = 2,
                nextToken = first.Text("nextToken"),
            }
        );

        first.Objects("logGroups").Select(group => group.Text("logGroupName")).ShouldBe(["/list/a", "/list/b"]);
        second.Objects("logGroups").Select(group => group.Text("logGroupName")).ShouldBe(["/list/c"]);
        second.Text("nextToken").ShouldBeNull();
        first
            .Objects("logGroups")
            .First()
            .Text("arn")
            .ShouldBe("arn:aws:logs:us-east-1:000000000000:log-group:/list/a:*");
    }

    [Fact]
    public async Task A_group_tells_the_key_that_it_was_made_with()
    {
        const string key = "arn:aws:kms:us-east-1:000000000000:key/12345678-1234-1234-1234-123456789012";
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = "kept/with", kmsKeyId = key });
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = "kept/without" });

        var groups = await cloud.CallAsync("logs", "DescribeLogGroups", new { logGroupNamePrefix = "kept/" });

        groups.Objects("logGroups").Select(group => group.Text("kmsKeyId")).ShouldBe([key, null]);
    }

    [Fact]
    public async Task A_group_that_exists_is_not_made_again()
    {
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = "twice" });

        var refusal = await cloud.RefusalAsync("logs", "CreateLogGroup", new { logGroupName = "twice" });

        refusal.Code.ShouldBe("ResourceAlreadyExistsException");
        refusal.Message.ShouldBe("The specified log group already exists");
    }

    [Fact]
    public async Task A_deleted_group_takes_its_streams_with_it()
    {
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = "gone" });
        await cloud.CallAsync("logs", "CreateLogStream", new { logGroupName = "gone", logStreamName = "s" });

        await cloud.CallAsync("logs", "DeleteLogGroup", new { logGroupName = "gone" });
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = "gone" });

        var streams = await cloud.CallAsync("logs", "DescribeLogStreams", new { logGroupName = "gone" });
        streams.Objects("logStreams").ShouldBeEmpty();
    }

    [Fact]
    public async Task Streams_say_when_their_last_event_was_and_are_listed_by_it()
    {
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = "streams" });
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (var (stream, time) in new[] { ("a", now), ("b", now - 5000), ("c", now - 1000) })
        {
            await cloud.CallAsync("logs", "CreateLogStream", new { logGroupName = "streams", logStreamName = stream });
            await cloud.CallAsync(
                "logs",
                "PutLogEvents",
                new
                {
                    logGroupName = "streams",
                    logStreamName = stream,
                    logEvents = new[] { new { timestamp = time, message = "x" } },
                }
            );
        }

        var streams = await cloud.CallAsync(
            "logs",
            "DescribeLogStreams",
            new
            {
                logGroupName = "streams",
                orderBy = "LastEventTime",
                descending = true,
            }
        );

        streams.Objects("logStreams").Select(stream => stream.Text("logStreamName")).ShouldBe(["a", "c", "b"]);
        streams.Objects("logStreams").First().Long("lastEventTimestamp").ShouldBe(now);
    }

    [Theory]
    [InlineData("/aws/sagemaker/TrainingJobs", "/aws/sagemaker/TrainingJobs")]
    [InlineData("arn:aws:logs:us-east-1:000000000000:log-group:/aws/x", "/aws/x")]
    [InlineData("arn:aws:logs:us-east-1:000000000000:log-group:/aws/x:*", "/aws/x")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:kept", "arn:aws:sns:us-east-1:000000000000:kept")]
    public void An_identifier_is_a_name_or_an_ARN(string identifier, string name) =>
        LogGroup.NameOf(identifier).ShouldBe(name);

    [Fact]
    public async Task Tags_and_retention_are_kept()
    {
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = "kept", tags = new { a = "1" } });
        const string arn = "arn:aws:logs:us-east-1:000000000000:log-group:kept";

        await cloud.CallAsync("logs", "TagResource", new { resourceArn = arn, tags = new { b = "2" } });
        await cloud.CallAsync("logs", "UntagResource", new { resourceArn = arn, tagKeys = new[] { "a" } });
        await cloud.CallAsync("logs", "PutRetentionPolicy", new { logGroupName = "kept", retentionInDays = 7 });

        var tags = await cloud.CallAsync("logs", "ListTagsForResource", new { resourceArn = arn });
        tags.Object("tags")!.ToJsonString().ShouldBe("""{"b":"2"}""");
        var groups = await cloud.CallAsync("logs", "DescribeLogGroups", new { logGroupNamePrefix = "kept" });
        groups.Objects("logGroups").Single().Int("retentionInDays").ShouldBe(7);
    }
}
