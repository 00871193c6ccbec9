using Plumbline.Loop.GroundTruth;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Testing;
using static Plumbline.Loop.Tests.CaptureCloud;

namespace Plumbline.Loop.Tests.GroundTruth;

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
    public async Task A_search_reads_the_hours_of_its_window_alone()
    {
        await cloud.StoreAsync(Noon.AddDays(-40), [Line("old", Noon.AddDays(-40))]);
        await cloud.StoreAsync(Noon.AddHours(-2), [Line("a", Noon.AddHours(-2), "cat")]);
        await cloud.StoreAsync(Noon, [Line("a", Noon, "dog")]);
        var captured = new CapturedPredictions(cloud.Loop);

        (await SearchAsync("a", CaptureWindow.Around(Noon.AddHours(-2)))).ShouldBe("cat");
        (await SearchAsync("a", CaptureWindow.Since(Noon.AddHours(-3)))).ShouldBe("dog");
        (await SearchAsync("old", CaptureWindow.Since(Noon.AddDays(-39)))).ShouldBeNull();
        (await SearchAsync("old", CaptureWindow.Since(Noon.AddDays(-40)))).ShouldBe("cat");
        (await SearchAsync("old", CaptureWindow.Usual)).ShouldBe("cat");

        async Task<string?> SearchAsync(string key, CaptureWindow window) =>
            (await captured.SearchAsync(key, window)).Found?.Predicted;
    }

    [Fact]
    public async Task A_search_ends_at_its_bytes_and_says_how_far_back_it_was()
    {
        await cloud.StoreAsync(Noon, [Line("new", Noon)]);
        await cloud.StoreAsync(Noon.AddHours(-1), [Line("newer", Noon)]);
        await cloud.StoreAsync(Noon.AddHours(-5), [Line("old", Noon.AddHours(-5))]);
        var captured = new CapturedPredictions(cloud.Loop);

        // The first file is read, and it already exceeds one byte.
        var search = await captured.SearchAsync("old", new CaptureWindow(null, null, MostBytes: 1));

        search.ShouldBe(new CaptureSearch(null, Noon, IsComplete: false));
        (await captured.SearchAsync("new", new CaptureWindow(null, null, MostBytes: 1))).Found.ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_corrects_a_prediction_that_is_not_in_the_window_is_told_of_the_window()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        var reviews = new Reviews(cloud.Loop);

        (await RefusedAsync("b", null)).ShouldEndWith("has this key: `plumb predictions` lists them");
        (await RefusedAsync("a", CaptureWindow.Around(Noon.AddHours(-9)))).ShouldContain("in that time");
        (await RefusedAsync("b", new CaptureWindow(null, null, MostBytes: 0))).ShouldContain("--at 2026-03-01T12:00Z");
        var said = await reviews.CorrectAsync("a", "dog", null, null, CaptureWindow.Around(Noon));
        said.Label.ShouldBe("dog");

        async Task<string> RefusedAsync(string key, CaptureWindow? window) =>
            (await Should.ThrowAsync<UserError>(() => reviews.CorrectAsync(key, "dog", null, null, window))).Message;
    }

    [Fact]
    public async Task The_newest_are_found_without_a_look_at_what_is_older()
    {
        await cloud.StoreAsync(Noon, [Line("new", Noon)]);
        await cloud.StoreAsync(Noon.AddDays(-400), [Line("old", Noon.AddDays(-400))]);
        using var watched = new LoopbackOnly();
        var loop = await cloud.ThroughAsync(watched);

        (await new CapturedPredictions(loop).NewestAsync(1)).Single().JoinKey.ShouldBe("new");

        watched.Calls.ShouldContain(call => call.OriginalString.Contains("2026", StringComparison.Ordinal));
        watched.Calls.ShouldNotContain(call => call.OriginalString.Contains("2025", StringComparison.Ordinal));
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
