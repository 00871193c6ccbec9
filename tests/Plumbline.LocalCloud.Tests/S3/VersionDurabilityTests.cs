using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.S3;

[Collection("processes")]
public sealed class VersionDurabilityTests : IDisposable
{
    private const string Bucket = "durable";
    private const string Key = "k";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Kill_9_loses_no_version_that_was_answered_and_leaves_no_file_over()
    {
        var kept = new ConcurrentDictionary<string, string>();
        var deleted = new ConcurrentBag<string>();
        using (var cloud = await ChildCloud.StartAsync(folder.Path))
        {
            using var connection = cloud.Connect();
            using var s3 = S3ClientFactory.Create(connection);
            await s3.PutBucketAsync(Bucket);
            await s3.PutBucketVersioningAsync(
                new PutBucketVersioningRequest
                {
                    BucketName = Bucket,
                    VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
                }
            );
            var writers = Enumerable.Range(0, 3).Select(writer => WriteUntilKilledAsync(s3, writer, kept, deleted));
            var all = Task.WhenAll(writers.ToList());
            await Eventually.Async(() => kept.Count > 40 && deleted.Count > 10);
            cloud.Kill();
            await all;
        }

        using var again = await ChildCloud.StartAsync(folder.Path);
        using var connected = again.Connect();
        using var client = S3ClientFactory.Create(connected);
        foreach (var (version, content) in kept)
        {
            using var got = await client.GetObjectAsync(Bucket, Key, version);
            using var reader = new StreamReader(got.ResponseStream);
            (await reader.ReadToEndAsync()).ShouldBe(content);
        }

        var listed = (await client.ListVersionsAsync(Bucket)).Versions;
        listed.Select(version => version.VersionId).Intersect(deleted).ShouldBeEmpty();
        var files = listed.Count(version => version.IsDeleteMarker != true);
        await Eventually.Async(() => Directory.GetFiles(folder.At("objects")).Length == files);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// Stores versions of one key, with delete markers between them, and permanently deletes every third.
    /// </summary>
    private static async Task WriteUntilKilledAsync(
        IAmazonS3 s3,
        int writer,
        ConcurrentDictionary<string, string> kept,
        ConcurrentBag<string> deleted
    )
    {
        try
        {
            for (var count = 0; ; count++)
            {
                var content = $"{writer}/{count}";
                var put = await s3.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = Bucket,
                        Key = Key,
                        ContentBody = content,
                    }
                );
                if (count % 3 == 0)
                {
                    await s3.DeleteObjectAsync(Bucket, Key);
                    await s3.DeleteObjectAsync(Bucket, Key, put.VersionId);
                    deleted.Add(put.VersionId);
                }
                else
                {
                    kept[put.VersionId] = content;
                }
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or AmazonClientException or IOException)
        {
            // The server was killed.
        }
    }
}
