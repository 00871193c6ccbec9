using Amazon.S3;
using Amazon.S3.Model;
using static Plumbline.LocalCloud.Tests.S3.VersionCalls;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>Versions in the data folder of a cloud of their own.</summary>
public sealed class StoredVersionTests
{
    [Fact]
    public async Task The_bytes_go_with_the_last_version_that_has_them()
    {
        await using var own = new Own();
        using var bucket = await VersionedAsync(await own.StartAsync());
        var first = await bucket.PutAsync("k", "one");
        await bucket.PutAsync("k", "two");
        await bucket.Client.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = bucket.Name,
                SourceKey = "k",
                SourceVersionId = first.VersionId,
                DestinationBucket = bucket.Name,
                DestinationKey = "k",
            }
        );
        own.Files().ShouldBe(3);
        await DeleteAsync(bucket, "k", first.VersionId);
        own.Files().ShouldBe(2);
        (await bucket.GetTextAsync("k")).ShouldBe("one");
        await bucket.Client.DeleteObjectAsync(bucket.Name, "k");
        foreach (var (key, version, _, _) in await ListAsync(bucket))
        {
            await DeleteAsync(bucket, key, version);
        }

        own.Files().ShouldBe(0);
        await bucket.Client.DeleteBucketAsync(bucket.Name);
    }

    [Fact]
    public async Task Versions_are_there_after_a_restart()
    {
        await using var own = new Own();
        var running = await own.StartAsync();
        using var bucket = await VersionedAsync(running);
        var first = await bucket.PutAsync("k", "one");
        await bucket.PutAsync("k", "two");
        await bucket.Client.DeleteObjectAsync(bucket.Name, "k");
        var before = await ListAsync(bucket);
        await running.RestartAsync();
        using var again = bucket.On(running.Host);
        (await ListAsync(again)).ShouldBe(before);
        (await TextAsync(again, "k", first.VersionId)).ShouldBe("one");
        var state = await again.Client.GetBucketVersioningAsync(again.Name);
        state.VersioningConfig.Status.ShouldBe(VersionStatus.Enabled);
    }

    /// <summary>A separate cloud for one test.</summary>
    private sealed class Own : IAsyncDisposable
    {
        private readonly RunningCloud cloud = new();

        public async Task<RunningCloud> StartAsync()
        {
            await cloud.InitializeAsync();
            return cloud;
        }

        public int Files() => Directory.GetFiles(Path.Combine(cloud.DataFolder, "objects")).Length;

        public async ValueTask DisposeAsync() => await cloud.DisposeAsync();
    }
}
