using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Tests;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.WebConsole.Captures;
using static Plumbline.Loop.Tests.CaptureCloud;

namespace Plumbline.WebConsole.Tests.Captures;

public sealed class PagesTests : IAsyncLifetime
{
    private static readonly string[] Labels = ["cat", "dog", "bird"];
    private readonly CaptureCloud cloud = new();
    private CaptureIndex index = null!;

    /// <summary>
    /// Sixty predictions, one an hour: cat, dog and bird in turn, each less certain than the previous one.
    /// </summary>
    public async Task InitializeAsync()
    {
        await cloud.InitializeAsync();
        var loop = await cloud.LoopAsync(auditShare: 0.5);
        for (var i = 0; i < 60; i++)
        {
            await cloud.StoreAsync(At(i), [Line(Key(i), At(i), Labels[i % 3], 0.99 - i / 100.0, input: $"{i},0")]);
        }

        index = await cloud.IndexAsync(loop);
    }

    public async Task DisposeAsync()
    {
        await index.DisposeAsync();
        await cloud.DisposeAsync();
    }

    [Fact]
    public async Task Pages_follow_each_other_from_the_newest_to_the_oldest_without_gap_or_overlap()
    {
        var seen = new List<string>();
        long? older = null;
        do
        {
            var page = await index.Predictions.PageAsync(new CaptureFilter(), 25, older);
            page.Captures.Count.ShouldBeLessThanOrEqualTo(25);
            seen.AddRange(page.Captures.Select(one => one.JoinKey));
            older = page.Older;
        } while (older is not null);
        seen.ShouldBe(Enumerable.Range(0, 60).Reverse().Select(Key));
    }

    [Fact]
    public async Task A_full_last_page_says_that_there_are_no_older_ones()
    {
        (await index.Predictions.PageAsync(new CaptureFilter(), 60)).Older.ShouldBeNull();
        (await index.Predictions.PageAsync(new CaptureFilter(), 59)).Older.ShouldNotBeNull();
    }

    [Fact]
    public async Task Each_filter_and_all_of_them_together_give_what_reading_everything_gives()
    {
        await SayAsync(Key(3), "dog", "ann");
        await SayAsync(Key(30), "cat", "bob");
        await SayAsync(Key(33), "cat", "bob");
        var all = await PageAsync(new CaptureFilter());
        all.Count(one => one.Audit).ShouldBe(Enumerable.Range(0, 60).Count(i => AuditSample.Contains(Key(i), 0.5)));

        (string What, CaptureFilter Filter, Func<IndexedCapture, bool> Fits)[] filters =
        [
            ("label", new() { Label = "dog" }, one => one.Predicted == "dog"),
            ("unknown label", new() { Label = "wolf" }, one => false),
            ("reviewed", new() { Reviewed = true }, one => one.Verdict is not null),
            ("not reviewed", new() { Reviewed = false }, one => one.Verdict is null),
            ("score", new() { ScoreBelow = 0.7 }, one => one.Score < 0.7),
            (
                "all",
                new()
                {
                    Label = "cat",
                    Reviewed = true,
                    ScoreBelow = 0.9,
                },
                one => one.Predicted == "cat" && one.Verdict is not null && one.Score < 0.9
            ),
        ];
        foreach (var (what, filter, fits) in filters)
        {
            (await PageAsync(filter))
                .Select(one => one.JoinKey)
                .ShouldBe(all.Where(fits).Select(one => one.JoinKey), what);
        }
    }

    [Fact]
    public async Task The_beginning_of_a_key_finds_all_that_begin_so_and_is_no_pattern()
    {
        (await index.Predictions.SearchAsync("key 1", 100))
            .Select(one => one.JoinKey)
            .ShouldBe(
                Enumerable.Range(0, 60).Select(Key).Where(key => key.StartsWith("key 1")).Order(StringComparer.Ordinal)
            );
        (await index.Predictions.SearchAsync("key ", 7)).Count.ShouldBe(7);
        (await index.Predictions.SearchAsync("KEY", 7)).ShouldBeEmpty();
        (await index.Predictions.SearchAsync("%", 7)).ShouldBeEmpty();
        (await index.Predictions.SearchAsync("key' OR '1'='1", 7)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_key_that_was_sent_twice_the_newer_one_is_found()
    {
        await cloud.StoreAsync(At(70), [Line(Key(5), At(70), "cat", input: "again")]);
        await index.UpdateAsync();
        (await index.Predictions.FindAsync(Key(5)))!.Time.ShouldBe(At(70));
        (await index.Predictions.GetAsync(Key(5)))!.Features.ShouldBe("again");
    }

    [Fact]
    public async Task What_S3_no_longer_has_is_null()
    {
        var found = (await index.Predictions.FindAsync(Key(5)))!;
        await cloud.Loop.Bucket.RemoveAsync(found.ObjectKey);
        (await index.Predictions.GetAsync(Key(5))).ShouldBeNull();
        await cloud.Loop.Bucket.PutTextAsync(found.ObjectKey, new string('x', 2000));
        (await index.Predictions.ReadAsync(found)).ShouldBeNull();
        await cloud.Loop.Bucket.PutTextAsync(found.ObjectKey, "short");
        (await index.Predictions.ReadAsync(found)).ShouldBeNull();
    }

    [Fact]
    public async Task Hours_and_days_have_their_counts_labels_and_mean_scores()
    {
        var hours = await index.Statistics.CountAsync(At(3), At(6), TimeSpan.FromHours(1));
        hours.Select(hour => hour.Start).ShouldBe([At(3), At(4), At(5)]);
        hours.ShouldAllBe(hour => hour.Rows == 1);
        hours[1].ByLabel.ShouldBe(new Dictionary<string, long> { ["dog"] = 1 });
        hours[1].MeanScore!.Value.ShouldBe(0.95, 1e-6);

        // From noon of the first of March: 12 hours, then two whole days.
        var days = await index.Statistics.CountAsync(Noon.AddDays(-3), Noon.AddDays(9), TimeSpan.FromDays(1));
        days.Select(day => (day.Start, day.Rows))
            .ShouldBe([(Noon.AddHours(-12), 12), (Noon.AddHours(12), 24), (Noon.AddHours(36), 24)]);
        days[1].ByLabel.Values.ShouldBe([8, 8, 8]);
        days[0].MeanScore!.Value.ShouldBe(Enumerable.Range(0, 12).Average(i => 0.99 - i / 100.0), 1e-6);
    }

    [Fact]
    public async Task An_answer_that_names_none_of_the_labels_is_counted_and_shown_in_its_own_word()
    {
        await cloud.StoreAsync(At(80), [Line("wolf", At(80), "wolf"), Line("no score", At(80), answer: "cat")]);
        await index.UpdateAsync();
        (await index.Predictions.FindAsync("wolf"))!.Predicted.ShouldBe("wolf");
        (await index.Predictions.FindAsync("no score"))!.Score.ShouldBeNull();
        var hour = (await index.Statistics.CountAsync(At(80), At(81), TimeSpan.FromHours(1))).Single();
        hour.Rows.ShouldBe(2);
        hour.ByLabel.ShouldBe(new Dictionary<string, long> { ["cat"] = 1 });
    }

    [Fact]
    public async Task Progress_counts_the_audit_members_of_a_window_and_those_with_an_answer_that_counts()
    {
        var members = Enumerable.Range(10, 20).Where(i => AuditSample.Contains(Key(i), 0.5)).ToList();
        var outside = Enumerable.Range(10, 20).First(i => !AuditSample.Contains(Key(i), 0.5));
        await SayAsync(Key(members[0]), "cat", "ann", ReviewList.Audit);
        await SayAsync(Key(members[0]), "dog", "bob", ReviewList.Audit);
        await SayAsync(Key(members[1]), "dog", "bob", ReviewList.Volunteered);
        await SayAsync(Key(outside), "dog", "bob", ReviewList.Uncertain);
        (await index.Statistics.AuditAsync(At(10), At(30))).ShouldBe(new AuditProgress(members.Count, 1));
        (await index.Statistics.AuditAsync(At(100), At(130))).ShouldBe(new AuditProgress(0, 0));
    }

    [Fact]
    public async Task A_cancelled_question_ends()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            index.Predictions.PageAsync(new CaptureFilter(), 10, null, cancel.Token)
        );
        (await PageAsync(new CaptureFilter())).Count.ShouldBe(60);
    }

    private static string Key(int i) => $"key {i * 7 % 60}";

    private static DateTimeOffset At(int hour) => Noon.AddHours(hour);

    private async Task<IReadOnlyList<IndexedCapture>> PageAsync(CaptureFilter filter) =>
        (await index.Predictions.PageAsync(filter, 1000)).Captures;

    private async Task SayAsync(string key, string label, string who, ReviewList list = ReviewList.Volunteered)
    {
        var prediction = (await index.Predictions.GetAsync(key))!;
        var item = prediction.ToReviewItem("pets", list);
        await index.AddAsync(await new Reviews(cloud.Loop).RecordAsync([new ReviewAnswer(item, label)], who));
    }
}
