using Plumbline.Loop.GroundTruth;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using static Plumbline.Loop.Tests.CaptureCloud;

namespace Plumbline.Loop.Tests.GroundTruth;

public sealed class CorrectionFeedTests : IAsyncLifetime
{
    private readonly CaptureCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task Each_file_comes_once_and_one_that_was_written_late_comes_too()
    {
        await FileAsync(Noon, "b");
        var feed = new CorrectionFeed(cloud.Loop.Bucket, []);
        (await NextAsync(feed)).ShouldBe(["b"]);
        (await NextAsync(feed)).ShouldBeEmpty();
        await FileAsync(Noon.AddHours(5), "d");
        (await NextAsync(feed)).ShouldBe(["d"]);
        // A slow writer: its key sorts before the last one.
        await FileAsync(Noon.AddHours(4), "c");
        await FileAsync(Noon.AddHours(5), "a");
        (await NextAsync(feed)).ShouldBe(["c", "a"]);
        (await NextAsync(feed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_feed_goes_on_where_another_ended_and_looks_through_everything_first()
    {
        var first = await FileAsync(Noon, "a");
        await FileAsync(Noon.AddDays(-30), "forgotten");
        var second = await FileAsync(Noon.AddDays(1), "b");
        (await NextAsync(new CorrectionFeed(cloud.Loop.Bucket, [first, second]))).ShouldBe(["forgotten"]);
    }

    [Fact]
    public async Task Only_the_newest_hours_are_listed_again_and_all_of_them_after_an_intake()
    {
        await cloud.Loop.Bucket.PutTextAsync("corrections/README.txt", "sorts last\n");
        await cloud.Loop.Bucket.PutTextAsync(Layout.Intake, "{}");
        await FileAsync(Noon, "a");
        var feed = new CorrectionFeed(cloud.Loop.Bucket, []);
        (await NextAsync(feed)).ShouldBe(["a"]);

        await FileAsync(Noon.AddDays(-30), "delivered");
        (await NextAsync(feed)).ShouldBeEmpty("no intake has ended");
        await cloud.Loop.Bucket.PutTextAsync(Layout.Intake, """{"through":"2026-03-01T00:00:00Z"}""");
        (await NextAsync(feed)).ShouldBe(["delivered"]);
        (await NextAsync(feed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_was_not_taken_comes_again()
    {
        await FileAsync(Noon, "a");
        await FileAsync(Noon, "b");
        var feed = new CorrectionFeed(cloud.Loop.Bucket, []);
        await foreach (var file in feed.NextAsync())
        {
            file.Corrections.Single().JoinKey.ShouldBe("a");
            break;
        }

        (await NextAsync(feed)).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Files_are_read_side_by_side_and_come_in_the_order_of_their_keys()
    {
        string[] keys = [.. Enumerable.Range(0, 40).Select(number => $"{number:00}")];
        foreach (var key in keys)
        {
            await FileAsync(Noon, key);
        }

        using var together = new ReadsTogether(".jsonl");
        var loop = await cloud.ThroughAsync(together);

        (await NextAsync(new CorrectionFeed(loop.Bucket, []))).ShouldBe(keys);

        together.Most.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_named_and_the_others_come()
    {
        var key = await FileAsync(Noon, "a");
        var good = await cloud.Loop.Bucket.FindTextAsync(key);
        await cloud.Loop.Bucket.PutTextAsync(key, $"\n{{\"id\":1}}\n{good}");
        await cloud.Loop.Bucket.PutTextAsync("corrections/README.txt", "not an answer\n");
        var file = (await new CorrectionFeed(cloud.Loop.Bucket, []).NextAsync().ToListAsync()).Single();
        file.Corrections.Single().JoinKey.ShouldBe("a");
        file.SetAside.Lines.ShouldBe(1);
        file.SetAside.First.Single().ShouldStartWith($"{key}:2: ");
    }

    private async Task<string> FileAsync(DateTimeOffset time, string joinKey)
    {
        var item = new ReviewItem
        {
            JoinKey = joinKey,
            InferenceTime = time,
            Endpoint = "pets",
            Features = "1",
            Predicted = "cat",
            List = ReviewList.Audit,
        };
        var key = $"{Layout.Corrections}{Layout.Hour(time)}/{joinKey}.jsonl";
        await cloud.Loop.Bucket.PutTextAsync(key, CorrectionLog.ToLine(item.Answer("dog", "ann", time)) + "\n");
        return key;
    }

    private static async Task<List<string>> NextAsync(CorrectionFeed feed) =>
        await feed.NextAsync().Select(file => file.Corrections.Single().JoinKey).ToListAsync();
}
