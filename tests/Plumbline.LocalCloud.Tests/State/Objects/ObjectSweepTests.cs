using Plumbline.LocalCloud.Tests.S3;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State.Objects;

public sealed class ObjectSweepTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_that_is_gone_beside_objects_refuses_the_start_and_nothing_is_swept(bool empty)
    {
        await using (var cloud = await StartAsync())
        {
            using var bucket = S3Bucket.Of(cloud, "bucket");
            await bucket.Client.PutBucketAsync(bucket.Name);
            await bucket.PutAsync("k", "kept");
        }

        File.Move(folder.At("plumbline.db"), folder.At("elsewhere.db"));
        if (empty)
        {
            await File.WriteAllTextAsync(folder.At("plumbline.db"), "");
        }

        var error = await Should.ThrowAsync<IOException>(StartAsync);

        error.Message.ShouldBe(
            $"{folder.At("plumbline.db")} is {(empty ? "empty" : "missing")}, and objects/ next to it is not empty: put the database back from a backup, or use another --data folder."
        );
        Directory.GetFiles(folder.At("objects")).Length.ShouldBe(1);

        // With the database back in place, the cloud starts with its earlier content.
        File.Move(folder.At("elsewhere.db"), folder.At("plumbline.db"), overwrite: true);
        await using var again = await StartAsync();
        again.Endpoint.IsLoopback.ShouldBeTrue();
    }

    [Fact]
    public async Task Files_that_no_row_names_go_to_the_trash_and_leave_it_after_a_week()
    {
        await using (await StartAsync()) { }
        await File.WriteAllTextAsync(folder.At("objects", "lost-1"), "of another database");
        Directory.CreateDirectory(folder.At("trash", "objects", "2001-02-03"));

        await using (await StartAsync())
        {
            await Eventually.Async(() => Directory.GetFiles(folder.At("objects")).Length == 0);
        }

        var day = Directory.GetDirectories(folder.At("trash", "objects")).ShouldHaveSingleItem();
        var file = Directory.GetFiles(day).ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(file)).ShouldBe("of another database");
    }

    public void Dispose() => folder.Dispose();

    private Task<LocalCloudHost> StartAsync() =>
        LocalCloudHost.StartAsync(new LocalCloudOptions { DataFolder = folder.Path, Port = 0 });
}
