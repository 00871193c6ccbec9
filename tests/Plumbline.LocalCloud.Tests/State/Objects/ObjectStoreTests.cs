using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;
using Plumbline.LocalCloud.Tests.S3;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State.Objects;

public sealed class ObjectStoreTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task An_objects_file_is_found_by_its_key_and_can_be_linked()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("p/k", "first");
        var stored = Store.Find(bucket.Name, "p/k")!;
        (stored.Size, stored.ETag).ShouldBe((5, S3Bucket.Md5("first"u8.ToArray())));
        var link = Path.Combine(cloud.DataFolder, Path.GetRandomFileName());
        Libc.HardLink(stored.Path, link);

        await bucket.PutAsync("p/k", "second");
        (await File.ReadAllTextAsync(link)).ShouldBe("first");
        File.Exists(stored.Path).ShouldBeFalse();
        (await File.ReadAllTextAsync(Store.Find(bucket.Name, "p/k")!.Path)).ShouldBe("second");
        Store.Find(bucket.Name, "p/none").ShouldBeNull();
        Store.Find("no-such-bucket", "p/k").ShouldBeNull();
    }

    [Fact]
    public async Task Files_that_belong_to_nothing_are_swept_at_the_next_start_and_the_rest_stay()
    {
        await using var own = new OwnCloud();
        await own.InitializeAsync();
        using var bucket = await S3Bucket.CreateAsync(own.Cloud);
        await bucket.PutAsync("kept", "kept");
        var upload = await bucket.Client.InitiateMultipartUploadAsync(bucket.Name, "later");
        var part = await bucket.Client.UploadPartAsync(
            new()
            {
                BucketName = bucket.Name,
                Key = "later",
                UploadId = upload.UploadId,
                PartNumber = 1,
                InputStream = new MemoryStream("part"u8.ToArray()),
            }
        );
        var left = Path.Combine(own.Cloud.DataFolder, "objects", "0123456789ab-1");
        await File.WriteAllTextAsync(left, "half of an obj");

        await own.Cloud.RestartAsync();
        using var again = bucket.On(own.Cloud.Host);
        await Eventually.Async(() => !File.Exists(left));
        (await again.GetTextAsync("kept")).ShouldBe("kept");
        await again.Client.CompleteMultipartUploadAsync(
            new()
            {
                BucketName = bucket.Name,
                Key = "later",
                UploadId = upload.UploadId,
                PartETags = [new(part)],
            }
        );
        (await again.GetTextAsync("later")).ShouldBe("part");
    }

    [Fact]
    public async Task A_reader_sees_one_version_or_the_other_while_an_object_is_replaced()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var versions = new[] { new byte[70_000], new byte[90_000] };
        Array.Fill(versions[1], (byte)1);
        await bucket.PutAsync("k", versions[0]);
        var replacing = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                await bucket.PutAsync("k", versions[i % 2]);
            }
        });
        while (!replacing.IsCompleted)
        {
            using var got = await bucket.Client.GetObjectAsync(bucket.Name, "k");
            using var bytes = new MemoryStream();
            await got.ResponseStream.CopyToAsync(bytes);
            got.ETag.ShouldBe($"\"{S3Bucket.Md5(bytes.ToArray())}\"");
        }

        await replacing;
    }

    private ObjectStore Store => cloud.Host.Services.GetRequiredService<ObjectStore>();

    /// <summary>A separate cloud, which the test may restart.</summary>
    private sealed class OwnCloud : IAsyncDisposable
    {
        public RunningCloud Cloud { get; } = new();

        public Task InitializeAsync() => Cloud.InitializeAsync();

        public async ValueTask DisposeAsync() => await Cloud.DisposeAsync();
    }
}
