using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Tests;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.WebConsole.Captures;
using static Plumbline.Loop.Tests.CaptureCloud;

namespace Plumbline.WebConsole.Tests.Captures;

public sealed class CorrectionIndexTests : IAsyncLifetime
{
    private readonly CaptureCloud cloud = new();

    public async Task InitializeAsync()
    {
        await cloud.InitializeAsync();
        await cloud.StoreAsync(Noon, [Line("a", Noon), Line("b", Noon), Line("c", Noon)]);
    }

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task Two_reviewers_who_differ_are_a_conflict_the_later_one_wins_and_both_are_kept()
    {
        await SayAsync("a", "cat", "ann");
        await SayAsync("b", "cat", "ann");
        await using var index = await cloud.IndexAsync();
        (await index.Verdicts.ConflictsAsync(10)).ShouldBeEmpty();
        await SayAsync("a", "dog", "bob");
        await SayAsync("b", "cat", "bob");
        await index.UpdateAsync();

        var conflict = (await index.Verdicts.ConflictsAsync(10)).Single();
        conflict.JoinKey.ShouldBe("a");
        conflict.Given.Select(one => (one.Reviewer, one.Label)).ShouldBe([("ann", "cat"), ("bob", "dog")]);
        conflict.Winner.Label.ShouldBe("dog");
        (await index.Predictions.FindAsync("a"))!.Verdict!.IsConflict.ShouldBeTrue();
        (await index.Predictions.FindAsync("b"))!.Verdict!.IsConflict.ShouldBeFalse();

        await SayAsync("a", "dog", "ann");
        await index.UpdateAsync();
        (await index.Verdicts.ConflictsAsync(10)).ShouldBeEmpty();
        (await index.Verdicts.OfAsync(["a", "b", "c"]))
            .ToDictionary(one => one.Key, one => one.Value.Given.Count)
            .ShouldBe(new Dictionary<string, int> { ["a"] = 3, ["b"] = 2 }, ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_just_said_is_on_the_next_page_and_counted_once()
    {
        await using var index = await cloud.IndexAsync();
        var said = await SayAsync("a", "dog", "ann");
        await index.AddAsync(said);
        (await index.Predictions.FindAsync("a"))!.Verdict!.Winner.Label.ShouldBe("dog");
        await index.UpdateAsync();
        (await index.Predictions.FindAsync("a"))!.Verdict!.Given.Count.ShouldBe(1);
        (await index.Verdicts.CountNewAsync(new HashSet<Guid>())).ShouldBe(1);
        (await index.Verdicts.CountNewAsync(said.Select(one => one.Id).ToHashSet())).ShouldBe(0);
    }

    [Fact]
    public async Task A_correction_waits_for_its_capture()
    {
        await using var index = await cloud.IndexAsync();
        var late = new ReviewItem
        {
            JoinKey = "late",
            InferenceTime = Noon,
            Endpoint = "pets",
            Features = "1,2",
            Predicted = "cat",
            List = ReviewList.Audit,
        };
        await new Reviews(cloud.Loop).RecordAsync([new ReviewAnswer(late, "dog")], "ann");
        await index.UpdateAsync();
        (await index.Statistics.AuditAsync(Noon, Noon.AddHours(1))).ShouldBe(new AuditProgress(3, 0));
        await cloud.StoreAsync(Noon, [Line("late", Noon)], name: "59-00-000-b");
        await index.UpdateAsync();
        (await index.Statistics.AuditAsync(Noon, Noon.AddHours(1))).ShouldBe(new AuditProgress(4, 1));
        var reviewed = await index.Predictions.PageAsync(new CaptureFilter { Reviewed = true }, 10);
        reviewed.Captures.Single().JoinKey.ShouldBe("late");
    }

    [Fact]
    public async Task A_file_of_corrections_that_cannot_be_read_keeps_nothing_else_out()
    {
        await cloud.Loop.Bucket.PutTextAsync("corrections/2026/03/01/12/broken.jsonl", "{\"id\":");
        await SayAsync("a", "dog", "ann");
        await using var index = await cloud.IndexAsync();
        index.Progress.IsComplete.ShouldBeTrue();
        (await index.Predictions.FindAsync("a"))!.Verdict!.Winner.Label.ShouldBe("dog");
    }

    private Task<IReadOnlyList<Correction>> SayAsync(string key, string label, string who)
    {
        var item = new ReviewItem
        {
            JoinKey = key,
            InferenceTime = Noon,
            Endpoint = "pets",
            Features = "1,2",
            Predicted = "cat",
            List = ReviewList.Audit,
        };
        return new Reviews(cloud.Loop).RecordAsync([new ReviewAnswer(item, label)], who);
    }
}
