using Plumbline.Loop.GroundTruth;
using Plumbline.Records.GroundTruth;
using static Plumbline.Captures.Tests.CaptureCloud;

namespace Plumbline.Captures.Tests.GroundTruth;

public sealed class CapturedPredictionsTests : IAsyncLifetime
{
    private readonly CaptureCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task The_newest_come_first_whatever_their_variant()
    {
        await cloud.StoreAsync(Noon.AddHours(2), [Line("c", Noon.AddHours(2))], variant: "Blue");
        await cloud.StoreAsync(Noon, [Line("a", Noon), Line("b", Noon.AddMinutes(1))], variant: "Green");
        var captured = new CapturedPredictions(cloud.Loop);
        (await captured.NewestAsync(2)).Select(one => one.JoinKey).ShouldBe(["c", "b"]);
        (await captured.NewestAsync(9)).Select(one => one.JoinKey).ShouldBe(["c", "b", "a"]);
    }

    [Fact]
    public async Task A_prediction_is_found_by_inference_id_event_id_or_row()
    {
        await cloud.StoreAsync(
            Noon,
            [
                Line("quo\"ted", Noon, input: "1"),
                Line("", Noon, input: "2"),
                "nonsense",
                Line("batch", Noon, answer: "cat\ndog\n", input: "3\n4\n"),
            ]
        );
        var captured = new CapturedPredictions(cloud.Loop);
        (await captured.FindAsync("quo\"ted"))!.Features.ShouldBe("1");
        (await captured.FindAsync("event of "))!.Features.ShouldBe("2");
        (await captured.FindAsync("batch#1"))!.Predicted.ShouldBe("dog");
        (await captured.FindAsync("batch")).ShouldBeNull();
    }

    [Fact]
    public async Task Of_several_with_one_key_the_newest_is_found()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon, "cat"), Line("a", Noon.AddSeconds(1), "dog")]);
        var captured = new CapturedPredictions(cloud.Loop);
        (await captured.FindAsync("a"))!.Predicted.ShouldBe("dog");
    }

    [Fact]
    public async Task Counting_again_counts_what_is_new_and_what_is_larger()
    {
        var captured = new CapturedPredictions(cloud.Loop);
        (await captured.CountAsync()).ShouldBe(0);
        await cloud.StoreAsync(Noon, [Line("a", Noon), Line("b", Noon)]);
        (await captured.CountAsync()).ShouldBe(2);
        await cloud.StoreAsync(Noon.AddHours(1), [Line("c", Noon)]);
        (await captured.CountAsync()).ShouldBe(3);
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        (await captured.CountAsync()).ShouldBe(2);
        await cloud.Loop.Bucket.PutTextAsync("captures/pets/AllTraffic/2026/03/01/12/empty.jsonl", "");
        (await captured.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Answers_within_a_second_keep_their_order()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        var item = (await new CapturedPredictions(cloud.Loop).FindAsync("a"))!.ToReviewItem("pets", ReviewList.Audit);
        var reviews = new Reviews(cloud.Loop);
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            var said = await reviews.RecordAsync([new(item, "cat"), new(item, "dog")], "ann");
            ids.AddRange(said.Select(one => one.Id));
        }

        ids.ShouldBeInOrder();
        var files = await new CorrectionFeed(cloud.Loop.Bucket, []).NextAsync().ToListAsync();
        files.SelectMany(file => file.Corrections.Select(one => one.Id)).ShouldBe(ids);
    }
}
