using System.Collections.Concurrent;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.S3;

[Collection("processes")]
public sealed class DurabilityTests : IDisposable
{
    private const string Bucket = "durable";
    private const int Writers = 4;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Kill_9_loses_nothing_that_was_answered_and_leaves_nothing_half_done()
    {
        var answered = new ConcurrentDictionary<string, byte[]>();
        using (var cloud = await ChildCloud.StartAsync(folder.Path))
        {
            using var connection = cloud.Connect();
            using var s3 = S3ClientFactory.Create(connection);
            await s3.PutBucketAsync(Bucket);
            var writers = Enumerable.Range(0, Writers).Select(writer => WriteUntilKilledAsync(s3, writer, answered));
            var all = Task.WhenAll(writers.ToList());
            await Eventually.Async(() => answered.Count > 60);
            cloud.Kill();
            await all;
        }

        using var again = await ChildCloud.StartAsync(folder.Path);
        using var connected = again.Connect();
        using var client = S3ClientFactory.Create(connected);
        foreach (var (key, hash) in answered)
        {
            (await HashAsync(client, key)).ShouldBe(hash);
        }

        // Unanswered writes are complete or missing, and no file is left over.
        var listed = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        foreach (var entry in listed.S3Objects)
        {
            using var got = await client.GetObjectAsync(Bucket, entry.Key);
            using var bytes = new MemoryStream();
            await got.ResponseStream.CopyToAsync(bytes);
            entry.ETag.ShouldBe($"\"{S3Bucket.Md5(bytes.ToArray())}\"");
        }

        await Eventually.Async(() => Directory.GetFiles(folder.At("objects")).Length == listed.S3Objects.Count);
    }

    [ProgramFact("bwrap")]
    public async Task A_full_disk_is_told_and_leaves_nothing_half_done()
    {
        // 8 MiB for the data folder.
        string[] small =
        [
            "bwrap",
            "--die-with-parent",
            "--bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "--size",
            "8388608",
            "--tmpfs",
            folder.Path,
        ];
        using var cloud = await ChildCloud.StartAsync(folder.Path, small);
        using var connection = cloud.Connect();
        using var s3 = S3ClientFactory.Create(connection);
        await s3.PutBucketAsync(Bucket);
        var error = await Should.ThrowAsync<AmazonS3Exception>(() => PutAsync(s3, "large", new byte[16 << 20]));
        ((int)error.StatusCode, error.ErrorCode).ShouldBe((503, "ServiceUnavailable"));
        error.Message.ShouldBe("The disk that holds the local cloud's data folder is full.");

        // There is space again, and nothing of the failed write was kept.
        await PutAsync(s3, "small", new byte[1 << 20]);
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        listed.S3Objects.Select(entry => entry.Key).ShouldBe(["small"]);
    }

    public void Dispose() => folder.Dispose();

    private static async Task WriteUntilKilledAsync(
        IAmazonS3 s3,
        int writer,
        ConcurrentDictionary<string, byte[]> answered
    )
    {
        try
        {
            for (var count = 0; ; count++)
            {
                var size = count % 5 == 0 ? 1_000_000 : count;
                var bytes = RandomNumberGenerator.GetBytes(size);
                var key = $"{writer}/{count}";
                await PutAsync(s3, key, bytes);
                answered[key] = SHA256.HashData(bytes);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or AmazonClientException or IOException)
        {
            // The server was killed.
        }
    }

    private static Task PutAsync(IAmazonS3 s3, string key, byte[] bytes) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = key,
                InputStream = new MemoryStream(bytes),
            }
        );

    private static async Task<byte[]> HashAsync(IAmazonS3 s3, string key)
    {
        using var got = await s3.GetObjectAsync(Bucket, key);
        return await SHA256.HashDataAsync(got.ResponseStream);
    }
}
