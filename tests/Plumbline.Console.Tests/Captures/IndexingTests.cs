using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Loop.Tests;
using Plumbline.Testing;
using Plumbline.WebConsole.Captures;
using static Plumbline.Loop.Tests.CaptureCloud;

namespace Plumbline.WebConsole.Tests.Captures;

public sealed class IndexingTests : IAsyncLifetime
{
    private readonly CaptureCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_prediction_is_found_by_its_key_and_read_whole_from_its_place_in_S3()
    {
        await cloud.StoreAsync(
            Noon,
            [
                Line("ä first \"one\"", Noon, "dog", input: "5,6"),
                "",
                Line(
                    "second",
                    Noon.AddSeconds(1),
                    answer: """{"predictions":[{"label":"bird","probabilities":[0.1,0.2,0.7]}]}"""
                ),
                Line("batch", Noon.AddSeconds(2), answer: "cat\ndog\n", input: "1\n2\n"),
            ]
        );
        await using var index = await cloud.IndexAsync();

        var first = (await index.Predictions.FindAsync("ä first \"one\""))!;
        first.Predicted.ShouldBe("dog");
        first.Score.ShouldBe(0.9);
        first.Time.ShouldBe(Noon);
        first.Audit.ShouldBeTrue();
        first.Variant.ShouldBe("AllTraffic");
        first.Verdict.ShouldBeNull();
        (await index.Predictions.GetAsync("ä first \"one\""))!.Features.ShouldBe("5,6");
        (await index.Predictions.GetAsync("second"))!.Alternatives![0].Label.ShouldBe("bird");
        (await index.Predictions.GetAsync("batch#1"))!.Features.ShouldBe("2");
        (await index.Predictions.FindAsync("batch#1"))!.Row.ShouldBe(1);
        (await index.Predictions.FindAsync("batch")).ShouldBeNull();
        (await index.Predictions.GetAsync("nobody")).ShouldBeNull();
        index.Progress.Rows.ShouldBe(4);
        index.Progress.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task New_files_of_all_variants_are_added_and_late_ones_too()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        await using var index = await cloud.IndexAsync();
        await cloud.StoreAsync(Noon.AddDays(3), [Line("b", Noon.AddDays(3))]);
        await cloud.StoreAsync(Noon.AddDays(1), [Line("c", Noon.AddDays(1))], variant: "Shadow");
        await index.UpdateAsync();
        (await KeysAsync(index)).ShouldBe(["b", "c", "a"]);

        // A minute before the newest row, and in the hour before it.
        await cloud.StoreAsync(Noon.AddDays(3), [Line("d", Noon.AddDays(3))], name: "00-00-000-Z");
        await cloud.StoreAsync(Noon.AddDays(3).AddHours(-1), [Line("e", Noon.AddDays(3).AddHours(-1))]);
        await index.UpdateAsync();
        (await KeysAsync(index)).ShouldBe(["d", "b", "e", "c", "a"]);
    }

    [Fact]
    public async Task What_came_days_late_or_is_gone_is_noticed_by_the_next_start()
    {
        var gone = await cloud.StoreAsync(Noon, [Line("gone", Noon), Line("too", Noon)]);
        await cloud.StoreAsync(Noon.AddDays(3), [Line("kept", Noon.AddDays(3), "dog")]);
        await (await cloud.IndexAsync()).DisposeAsync();
        await cloud.Loop.Bucket.RemoveAsync(gone);
        await cloud.StoreAsync(Noon.AddDays(1), [Line("late", Noon.AddDays(1))]);

        await using var index = await cloud.IndexAsync();
        (await KeysAsync(index)).ShouldBe(["kept", "late"]);
        var days = await index.Statistics.CountAsync(Noon.AddDays(-1), Noon.AddDays(9), TimeSpan.FromDays(1));
        days.Select(day => day.Rows).ShouldBe([1, 1]);
        index.Progress.Rows.ShouldBe(2);
    }

    [Fact]
    public async Task An_object_that_is_another_by_now_is_read_again()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        await using var index = await cloud.IndexAsync();
        await cloud.StoreAsync(Noon, [Line("b", Noon, "dog"), Line("c", Noon, "dog")]);
        await index.UpdateAsync();
        (await KeysAsync(index)).ShouldBe(["b", "c"], ignoreOrder: true);
        var hour = (await index.Statistics.CountAsync(Noon, Noon.AddHours(1), TimeSpan.FromHours(1))).Single();
        hour.ByLabel.ShouldBe(new Dictionary<string, long> { ["dog"] = 2 });
    }

    [Fact]
    public async Task Lines_that_cannot_be_read_are_counted()
    {
        await cloud.StoreAsync(
            Noon,
            [
                Line("a", Noon),
                "{\"captureData\":",
                "nonsense",
                Line("no answer", Noon, answer: "{\"predictions\":"),
                Line("too early", new DateTimeOffset(1969, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                Line("b", Noon),
            ]
        );
        await using var index = await cloud.IndexAsync();
        index.Progress.Rows.ShouldBe(2);
        index.Progress.Unreadable.ShouldBe(4);
        (await KeysAsync(index)).ShouldBe(["b", "a"]);
    }

    [Fact]
    public async Task A_removed_index_is_filled_again_while_pages_are_asked_for()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        await using var index = await cloud.IndexAsync();
        foreach (var file in cloud.Cache.GetFiles())
        {
            file.Delete();
        }

        (await KeysAsync(index)).ShouldBeEmpty();
        index.Progress.IsComplete.ShouldBeFalse();
        await index.UpdateAsync();
        (await KeysAsync(index)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_damaged_index_is_made_anew()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        await (await cloud.IndexAsync()).DisposeAsync();
        await File.WriteAllTextAsync(cloud.IndexFile, new string('x', 100_000));
        await using var index = await cloud.IndexAsync();
        (await KeysAsync(index)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task An_index_that_is_damaged_while_it_is_open_is_made_anew_by_the_next_pass()
    {
        await cloud.StoreAsync(Noon, Enumerable.Range(0, 2000).Select(i => Line($"key {i}", Noon)));
        await (await cloud.IndexAsync()).DisposeAsync();
        await using var index = new CaptureIndex(cloud.Loop, cloud.Cache, TimeProvider.System, NullLogger.Instance);
        using (var file = File.Open(cloud.IndexFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        await Should.ThrowAsync<SqliteException>(async () => await index.Predictions.FindAsync("key 1"));
        await index.UpdateAsync();
        (await index.Predictions.FindAsync("key 1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_index_of_another_version_or_with_other_settings_is_made_anew()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon, "dog")]);
        await (await cloud.IndexAsync()).DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={cloud.IndexFile};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999; DROP TABLE hours";
            command.ExecuteNonQuery();
        }

        await using (var index = await cloud.IndexAsync())
        {
            (await index.Statistics.CountAsync(Noon, Noon.AddHours(1), TimeSpan.FromHours(1))).Count.ShouldBe(1);
        }

        var turned = await cloud.LoopAsync(1, "dog", "cat");
        await using var other = await cloud.IndexAsync(turned);
        (await other.Predictions.FindAsync("a"))!.Predicted.ShouldBe("dog");
    }

    [Fact]
    public async Task The_index_is_for_its_owner_only()
    {
        await using var index = await cloud.IndexAsync();
        File.GetUnixFileMode(cloud.IndexFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        cloud
            .Cache.GetFiles()
            .ShouldAllBe(file => (file.UnixFileMode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0);
    }

    [Fact]
    public async Task A_started_index_fills_itself_and_says_how_far_it_is()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        var indexes = new CaptureIndexes(cloud.Cache, TimeProvider.System, NullLogger<CaptureIndexes>.Instance);
        await using var _ = indexes;
        var index = await indexes.OfAsync(cloud.Loop);
        await Eventually.Async(() => index.Progress.IsComplete);
        index.Progress.Rows.ShouldBe(1);
        index.Progress.ObjectsBehind.ShouldBe(0);
        await cloud.StoreAsync(Noon.AddHours(1), [Line("b", Noon.AddHours(1))]);
        await Eventually.Async(() => index.Progress.Rows == 2);
        (await indexes.OfAsync(cloud.Loop.As("ann"))).ShouldBeSameAs(index);
        (await indexes.OfAsync(await cloud.LoopAsync(0.5))).ShouldNotBeSameAs(index);
    }

    [Fact]
    public async Task A_pass_that_fails_says_why_and_the_next_one_goes_on()
    {
        await cloud.StoreAsync(Noon, [Line("a", Noon)]);
        await using var index = new CaptureIndex(cloud.Loop, cloud.Cache, TimeProvider.System, NullLogger.Instance);
        await cloud.Loop.Clients.S3.DeleteObjectAsync(
            cloud.Loop.Bucket.Name,
            await cloud.StoreAsync(Noon, [Line("a", Noon)])
        );
        await cloud.Loop.Clients.S3.DeleteBucketAsync(cloud.Loop.Bucket.Name);
        index.Start();
        await Eventually.Async(() => index.Progress.Problem is not null);
        index.Progress.IsComplete.ShouldBeFalse();
        await cloud.Loop.Clients.S3.PutBucketAsync(cloud.Loop.Bucket.Name);
        await cloud.StoreAsync(Noon, [Line("b", Noon)]);
        await Eventually.Async(() => index.Progress.IsComplete);
        (await KeysAsync(index)).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Two_consoles_on_one_cache_folder_index_each_object_once()
    {
        for (var hour = 0; hour < 20; hour++)
        {
            await cloud.StoreAsync(Noon.AddHours(hour), [Line($"{hour}", Noon.AddHours(hour))]);
        }

        await using var one = new CaptureIndex(cloud.Loop, cloud.Cache, TimeProvider.System, NullLogger.Instance);
        await using var other = new CaptureIndex(cloud.Loop, cloud.Cache, TimeProvider.System, NullLogger.Instance);
        await Task.WhenAll(one.UpdateAsync(), other.UpdateAsync());
        (await KeysAsync(one)).Count.ShouldBe(20);
        (await one.Statistics.CountAsync(Noon.AddDays(-1), Noon.AddDays(2), TimeSpan.FromDays(1)))
            .Sum(day => day.Rows)
            .ShouldBe(20);
    }

    private static async Task<List<string>> KeysAsync(CaptureIndex index) =>
        [.. (await index.Predictions.PageAsync(new CaptureFilter(), 100)).Captures.Select(one => one.JoinKey)];
}
