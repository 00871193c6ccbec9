using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Logs;

public sealed class LogEventTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task What_was_put_is_there_after_a_restart()
    {
        var group = await GroupAsync("a");
        await PutAsync(group, "a", "one", "two");

        await cloud.RestartAsync();

        (await GetAsync(group, "a", new { startFromHead = true })).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Tokens_lead_forward_to_the_end_which_gives_the_same_token_again_and_then_to_what_is_new()
    {
        var group = await GroupAsync("a");
        await PutAsync(group, "a", "1", "2", "3", "4", "5");

        var first = await ReadAsync(group, "a", new { startFromHead = true, limit = 2 });
        var second = await ReadAsync(group, "a", new { nextToken = first.Text("nextForwardToken"), limit = 2 });
        var third = await ReadAsync(group, "a", new { nextToken = second.Text("nextForwardToken"), limit = 2 });
        var end = await ReadAsync(group, "a", new { nextToken = third.Text("nextForwardToken"), limit = 2 });
        await PutAsync(group, "a", "6");
        var more = await ReadAsync(group, "a", new { nextToken = end.Text("nextForwardToken"), limit = 2 });

        Messages(first).Concat(Messages(second)).Concat(Messages(third)).ShouldBe(["1", "2", "3", "4", "5"]);
        Messages(end).ShouldBeEmpty();
        end.Text("nextForwardToken").ShouldBe(third.Text("nextForwardToken"));
        Messages(more).ShouldBe(["6"]);
    }

    [Fact]
    public async Task Without_a_token_the_newest_come_and_the_backward_token_leads_to_the_older_ones()
    {
        var group = await GroupAsync("a");
        await PutAsync(group, "a", "1", "2", "3", "4", "5");

        var newest = await ReadAsync(group, "a", new { limit = 2 });
        var older = await ReadAsync(group, "a", new { nextToken = newest.Text("nextBackwardToken"), limit = 2 });
        var oldest = await ReadAsync(group, "a", new { nextToken = older.Text("nextBackwardToken"), limit = 2 });
        var before = await ReadAsync(group, "a", new { nextToken = oldest.Text("nextBackwardToken"), limit = 2 });

        Messages(newest).ShouldBe(["4", "5"]);
        Messages(older).ShouldBe(["2", "3"]);
        Messages(oldest).ShouldBe(["1"]);
        before.Text("nextBackwardToken").ShouldBe(oldest.Text("nextBackwardToken"));
    }

    [Fact]
    public async Task A_reader_that_starts_on_an_empty_stream_gets_what_comes_later()
    {
        var group = await GroupAsync("a");

        var empty = await ReadAsync(group, "a", new { });
        await PutAsync(group, "a", "late");

        (await GetAsync(group, "a", new { nextToken = empty.Text("nextForwardToken") })).ShouldBe(["late"]);
    }

    [Fact]
    public async Task A_search_finds_over_all_streams_in_the_order_of_time_page_by_page()
    {
        var group = await GroupAsync("a", "b", "c");
        var now = Now();
        await PutAtAsync(group, "a", (now - 3000, "ERROR one"), (now - 1000, "ERROR three"));
        await PutAtAsync(group, "b", (now - 2000, "ERROR two"), (now - 1500, "fine"));
        await PutAtAsync(group, "c", (now - 500, "ERROR four"));

        var first = await cloud.CallAsync(
            "logs",
            "FilterLogEvents",
            new
            {
                logGroupName = group,
                filterPattern = "ERROR",
                limit = 3,
            }
        );
        var second = await cloud.CallAsync(
            "logs",
            "FilterLogEvents",
            new
            {
                logGroupName = group,
                filterPattern = "ERROR",
                limit = 3,
                nextToken = first.Text("nextToken"),
            }
        );
        var inOne = await cloud.CallAsync(
            "logs",
            "FilterLogEvents",
            new
            {
                logGroupName = group,
                logStreamNames = new[] { "b" },
                endTime = now - 2000,
            }
        );

        Messages(first).ShouldBe(["ERROR one", "ERROR two", "ERROR three"]);
        Messages(second).ShouldBe(["ERROR four"]);
        second.Text("nextToken").ShouldBeNull();
        first["events"]![1]!.AsObject().Text("logStreamName").ShouldBe("b");
        Messages(inOne).ShouldBe(["ERROR two"]);
    }

    [Theory]
    [InlineData("cat dog", "dog and cat", true)]
    [InlineData("cat dog", "cat", false)]
    [InlineData("?cat ?dog", "a dog", true)]
    [InlineData("?cat ?dog", "a bird", false)]
    [InlineData("cat -dog", "cat and dog", false)]
    [InlineData("\"a dog\"", "see a dog", true)]
    [InlineData("\"a \\\"b\\\"\"", "a \"b\"", true)]
    [InlineData("Cat", "cat", false)]
    [InlineData("", "anything", true)]
    public async Task A_search_understands_terms(string pattern, string message, bool found)
    {
        var group = await GroupAsync("a");
        await PutAsync(group, "a", message);

        var answer = await cloud.CallAsync(
            "logs",
            "FilterLogEvents",
            new { logGroupName = group, filterPattern = pattern }
        );

        Messages(answer).Count().ShouldBe(found ? 1 : 0);
    }

    [Theory]
    [InlineData("{ $.level = \"ERROR\" }", "JSON filter patterns")]
    [InlineData("[ip, user]", "space-delimited filter patterns")]
    [InlineData("a;b", "Invalid filter pattern")]
    public async Task A_pattern_that_is_not_understood_is_refused_by_name(string pattern, string text)
    {
        var group = await GroupAsync("a");

        var refusal = await cloud.RefusalAsync(
            "logs",
            "FilterLogEvents",
            new { logGroupName = group, filterPattern = pattern }
        );

        refusal.Code.ShouldBe("InvalidParameterException");
        refusal.Message.ShouldContain(text);
    }

    [Fact]
    public async Task Events_that_are_too_old_or_too_new_are_left_out_and_reported()
    {
        var group = await GroupAsync("old", "new");
        var (now, day) = (Now(), 86_400_000L);

        var old = await PutAtAsync(group, "old", (now - (14 * day) - 60_000, "old"), (now - (14 * day) + 60_000, "in"));
        var late = await PutAtAsync(group, "new", (now, "in"), (now + (3 * 3_600_000), "new"));

        old["rejectedLogEventsInfo"]!.AsObject().Int("tooOldLogEventEndIndex").ShouldBe(1);
        late["rejectedLogEventsInfo"]!.AsObject().Int("tooNewLogEventStartIndex").ShouldBe(1);
        (await GetAsync(group, "old", new { })).ShouldBe(["in"]);
        (await GetAsync(group, "new", new { })).ShouldBe(["in"]);
    }

    [Fact]
    public async Task Events_out_of_order_are_refused()
    {
        var group = await GroupAsync("a");

        var refusal = await Should.ThrowAsync<Aws.Errors.AwsException>(() =>
            PutAtAsync(group, "a", (Now(), "b"), (Now() - 1000, "a"))
        );

        refusal.Message.ShouldBe("Log events in a single PutLogEvents request must be in chronological order.");
    }

    [Fact]
    public async Task A_missing_group_or_stream_is_named()
    {
        var group = await GroupAsync("a");

        (
            await cloud.RefusalAsync("logs", "GetLogEvents", new { logGroupName = "none", logStreamName = "a" })
        ).Message.ShouldBe("The specified log group does not exist.");
        (
            await cloud.RefusalAsync("logs", "GetLogEvents", new { logGroupName = group, logStreamName = "none" })
        ).Message.ShouldBe("The specified log stream does not exist.");
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static IEnumerable<string?> Messages(JsonObject answer) =>
        answer.Objects("events").Select(line => line.Text("message"));

    private async Task<string> GroupAsync(params string[] streams)
    {
        var group = $"/test/{Guid.NewGuid()}";
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = group });
        foreach (var stream in streams)
        {
            await cloud.CallAsync("logs", "CreateLogStream", new { logGroupName = group, logStreamName = stream });
        }

        return group;
    }

    private Task<JsonObject> PutAsync(string group, string stream, params string[] messages)
    {
        var now = Now();
        return PutAtAsync(group, stream, [.. messages.Select(message => (now, message))]);
    }

    private Task<JsonObject> PutAtAsync(string group, string stream, params (long Time, string Message)[] events) =>
        cloud.CallAsync(
            "logs",
            "PutLogEvents",
            new
            {
                logGroupName = group,
                logStreamName = stream,
                logEvents = events.Select(line => new { timestamp = line.Time, message = line.Message }),
            }
        );

    private Task<JsonObject> ReadAsync(string group, string stream, object options)
    {
        var input = System.Text.Json.JsonSerializer.SerializeToNode(options)!.AsObject();
        input["logGroupName"] = group;
        input["logStreamName"] = stream;
        return cloud.CallAsync("logs", "GetLogEvents", input);
    }

    private async Task<IEnumerable<string?>> GetAsync(string group, string stream, object options) =>
        Messages(await ReadAsync(group, stream, options));
}
