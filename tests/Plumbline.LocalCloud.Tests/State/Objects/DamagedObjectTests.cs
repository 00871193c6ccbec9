using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Scrubbing;
using Plumbline.LocalCloud.State.Objects;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State.Objects;

public sealed class DamagedObjectTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Theory]
    [InlineData("missing")]
    [InlineData("shorter")]
    [InlineData("longer")]
    public async Task An_object_whose_file_is_not_as_its_row_says_is_S3s_internal_error_however_it_is_read(string how)
    {
        using var bucket = await S3.S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "some bytes");
        await bucket.PutAsync("other", "whole");
        Damage(PathOf(bucket, "k"), how);

        foreach (
            var read in (Func<Task>[])
                [
                    () => bucket.GetAsync("k"),
                    () => bucket.GetAsync("k", request => request.ByteRange = new Amazon.S3.Model.ByteRange(0, 3)),
                    () => bucket.Client.CopyObjectAsync(bucket.Name, "k", bucket.Name, "copy"),
                ]
        )
        {
            (await S3.S3Bucket.ErrorOf(read)).ShouldBe((500, "InternalError"));
        }

        // The answer to HEAD does not have a body for a code.
        (await S3.S3Bucket.ErrorOf(() => bucket.Client.GetObjectMetadataAsync(bucket.Name, "k"))).Status.ShouldBe(500);
        (await bucket.GetTextAsync("other")).ShouldBe("whole");
        // The object can be stored again, and deleted.
        await bucket.PutAsync("k", "again");
        (await bucket.GetTextAsync("k")).ShouldBe("again");
    }

    [Fact]
    public async Task A_small_object_whose_bytes_have_changed_is_not_read_as_a_whole()
    {
        using var bucket = await S3.S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("small", "some bytes");
        await bucket.PutAsync("large", new byte[Services.S3.Objects.ReadCheck.Largest + 1]);
        Damage(PathOf(bucket, "small"), "flipped");
        Damage(PathOf(bucket, "large"), "flipped");
        var raw = new Gateway.SignedRequests(cloud.Host) { Service = "s3" };

        var (status, content) = await raw.SendAsync("GET", $"/{bucket.Name}/small");

        (status, content.Contains("<Code>InternalError</Code>")).ShouldBe((HttpStatusCode.InternalServerError, true));
        // A range is not checked. A large object is checked by its reader, against the checksum of the stored bytes.
        (await bucket.GetAsync("small", request => request.ByteRange = new Amazon.S3.Model.ByteRange(0, 3))).ShouldBe(
            "some"u8.ToArray()
        );
        (await raw.SendAsync("GET", $"/{bucket.Name}/large")).Status.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<Amazon.Runtime.AmazonClientException>(() => bucket.GetAsync("large"));
    }

    [Fact]
    public async Task A_scrub_finds_what_is_missing_short_or_flipped_by_bucket_key_and_version()
    {
        using var folder = new TemporaryFolder();
        await using var own = await LocalCloudHost.StartAsync(new() { DataFolder = folder.Path, Port = 0 });
        using var bucket = S3.S3Bucket.Of(own, "scrubbed");
        await bucket.Client.PutBucketAsync(bucket.Name);
        await S3.VersionCalls.SetAsync(bucket, VersionStatus.Enabled);
        var old = await bucket.PutAsync("hot", "old version");
        await bucket.PutAsync("hot", "new version");
        await bucket.PutAsync("flipped", new byte[300_000]);
        await bucket.PutAsync("fine", "fine");
        await bucket.PutAsync("empty", "");
        var parts = await UploadPartsAsync(bucket, "parts");
        (await Scrub.RunAsync(folder.Path, CancellationToken.None)).Damaged.ShouldBeEmpty();

        var store = own.Services.GetRequiredService<ObjectStore>();
        Damage(store.Find(bucket.Name, "hot", old.VersionId)!.Path, "missing");
        Damage(store.Find(bucket.Name, "flipped")!.Path, "flipped");
        Damage(store.Find(bucket.Name, "parts")!.Path, "flipped");

        var report = await Scrub.RunAsync(folder.Path, CancellationToken.None);

        report.Objects.ShouldBe(6);
        report
            .Damaged.Select(one => (one.Kind, one.Name, one.Version))
            .ShouldBe(
                [
                    ("object", "s3://scrubbed/hot", old.VersionId),
                    ("object", "s3://scrubbed/flipped", store.Find(bucket.Name, "flipped")!.Version),
                    ("object", "s3://scrubbed/parts", parts),
                ],
                ignoreOrder: true
            );
        report
            .Damaged.Single(one => one.Name.EndsWith("/hot", StringComparison.Ordinal))
            .Problem.ShouldEndWith("is missing");
        report
            .Damaged.Single(one => one.Name.EndsWith("/parts", StringComparison.Ordinal))
            .Problem.ShouldEndWith("are not those that were stored");
    }

    [ProgramFact("git")]
    public async Task A_scrub_finds_a_repository_whose_commits_are_damaged_or_gone()
    {
        using var own = new OwnCloud();
        await own.Cloud.InitializeAsync();
        foreach (var name in (string[])["broken", "gone", "whole"])
        {
            await own.Cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = name });
            await own.Cloud.CallAsync(
                "codecommit",
                "CreateCommit",
                new
                {
                    repositoryName = name,
                    branchName = "main",
                    putFiles = new[] { new { filePath = "f", fileContent = "YQ==" } },
                }
            );
        }

        (await Scrub.RunAsync(own.Cloud.DataFolder, CancellationToken.None)).Damaged.ShouldBeEmpty();
        var loose = Directory.GetFiles(
            Path.Combine(await FolderAsync(own.Cloud, "broken"), "objects"),
            "*",
            SearchOption.AllDirectories
        );
        File.Delete(loose[0]);
        Directory.Delete(await FolderAsync(own.Cloud, "gone"), recursive: true);

        var report = await Scrub.RunAsync(own.Cloud.DataFolder, CancellationToken.None);

        report.Repositories.ShouldBe(3);
        report.Damaged.Select(one => (one.Kind, one.Name)).ShouldBe([("repository", "broken"), ("repository", "gone")]);
    }

    private static async Task<string> FolderAsync(RunningCloud cloud, string repository)
    {
        var found = await cloud.CallAsync("codecommit", "GetRepository", new { repositoryName = repository });
        var id = (string)found["repositoryMetadata"]!["repositoryId"]!;
        return Path.Combine(cloud.DataFolder, "repositories", id + ".git");
    }

    private static async Task<string?> UploadPartsAsync(S3.S3Bucket bucket, string key)
    {
        var upload = (await bucket.Client.InitiateMultipartUploadAsync(bucket.Name, key)).UploadId;
        var parts = new List<PartETag>();
        for (var number = 1; number <= 2; number++)
        {
            var part = await bucket.Client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = bucket.Name,
                    Key = key,
                    UploadId = upload,
                    PartNumber = number,
                    InputStream = new MemoryStream(new byte[number == 1 ? 5 << 20 : 10]),
                }
            );
            parts.Add(new PartETag(number, part.ETag));
        }

        var whole = new CompleteMultipartUploadRequest
        {
            BucketName = bucket.Name,
            Key = key,
            UploadId = upload,
            PartETags = parts,
        };
        return (await bucket.Client.CompleteMultipartUploadAsync(whole)).VersionId;
    }

    private string PathOf(S3.S3Bucket bucket, string key) =>
        cloud.Host.Services.GetRequiredService<ObjectStore>().Find(bucket.Name, key)!.Path;

    private static void Damage(string path, string how)
    {
        if (how == "missing")
        {
            File.Delete(path);
            return;
        }

        var bytes = File.ReadAllBytes(path);
        switch (how)
        {
            case "shorter":
                Array.Resize(ref bytes, bytes.Length - 1);
                break;
            case "longer":
                Array.Resize(ref bytes, bytes.Length + 1);
                break;
            default:
                bytes[bytes.Length / 2] ^= 1;
                break;
        }

        File.WriteAllBytes(path, bytes);
    }

    /// <summary>A separate cloud for one test, which may damage it.</summary>
    private sealed class OwnCloud : IDisposable
    {
        public RunningCloud Cloud { get; } = new();

        public void Dispose() => Cloud.DisposeAsync().GetAwaiter().GetResult();
    }
}
