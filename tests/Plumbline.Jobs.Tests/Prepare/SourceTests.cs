using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Jobs.Prepare;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Jobs.Tests.Prepare;

/// <summary>Base data in another bucket than the loop's own, read by the list that a training got.</summary>
[Collection("processes")]
public sealed class SourceTests(ProcessingCloud jobs) : PrepareRuns(jobs), IClassFixture<ProcessingCloud>
{
    private const string Bucket = "feed-of-others";

    [Fact]
    public async Task Objects_are_read_where_they_are_and_pinned_by_version_and_hash()
    {
        await MakeBucketAsync(versioned: true);
        var first = await PutAsync("pinned/1.csv", Csv(0, 100));
        var second = await PutAsync("pinned/2.jsonl", Jsonl(100, 60));
        List(first, second);
        var before = await cloud.KeysAsync("data/");
        var report = await RunAsync("nobody");
        var keys = await cloud.KeysAsync($"datasets/{report.DatasetVersion}/");
        var list = $"datasets/{report.DatasetVersion}/{DataSetBuilder.ObjectsFile}";
        keys.ShouldContain(list);
        var read = SourceObject.ReadList(await cloud.GetAsync(list), list);
        read.Select(one => (one.Uri, one.Rows)).ShouldBe([(first.Uri, 100L), (second.Uri, 60L)]);
        read.ShouldAllBe(one => one.VersionId != null && one.VersionId.Length > 0);
        read[1].Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Jsonl(100, 60)))));
        (await cloud.KeysAsync("data/")).ShouldBe(before);
        Directory.Exists(folder.At("processing/scratch")).ShouldBeFalse();

        // The rows are those of one CSV with all of them, and the same objects are the same version.
        (await RunAsync("nobody", Now.AddDays(1))).DatasetVersion.ShouldBe(report.DatasetVersion);
        var train = await cloud.GetAsync($"datasets/{report.DatasetVersion}/train/train.csv");
        File.Delete(folder.At("processing/input/base/list.jsonl"));
        folder.Write("processing/input/base/one.csv", Csv(0, 160));
        var one = await RunAsync("nobody");
        (await cloud.GetAsync($"datasets/{one.DatasetVersion}/train/train.csv")).ShouldBe(train);
        one.DatasetVersion.ShouldNotBe(report.DatasetVersion);
    }

    [Fact]
    public async Task An_object_that_was_replaced_or_removed_after_the_listing_is_an_error_and_leaves_nothing()
    {
        await MakeBucketAsync();
        var first = await PutAsync("changed/1.csv", Csv(0, 100));
        var second = await PutAsync("changed/2.csv", Csv(100, 100));
        List(first, second);
        var before = await cloud.KeysAsync("datasets/");
        await PutAsync("changed/2.csv", Csv(100, 90));
        (await ProblemAsync()).ShouldBe(
            "s3://feed-of-others/changed/2.csv: the object was replaced after it was listed; `plumb retrain` lists the objects again"
        );
        await cloud.S3.DeleteObjectAsync(Bucket, "changed/2.csv");
        (await ProblemAsync()).ShouldBe(
            "s3://feed-of-others/changed/2.csv: the object is gone: it was removed after it was listed"
        );
        (await cloud.KeysAsync("datasets/")).ShouldBe(before);
    }

    [Fact]
    public async Task An_invalid_row_is_named_by_its_object_and_line()
    {
        await MakeBucketAsync();
        List(await PutAsync("bad/1.csv", Csv(0, 10)), await PutAsync("bad/2.jsonl", Jsonl(10, 3) + "\"no\"\n"));
        (await ProblemAsync()).ShouldStartWith("s3://feed-of-others/bad/2.jsonl:4: is a text, not an object");
        List(await PutAsync("bad/1.csv", Csv(0, 10)), await PutAsync("bad/3.csv", "label,b,a\nno,1,2\n"));
        (await ProblemAsync()).ShouldStartWith(
            "s3://feed-of-others/bad/3.csv:1: has another header than s3://feed-of-others/bad/1.csv"
        );
    }

    [Fact]
    public async Task The_projects_own_rows_come_before_those_in_S3_and_time_divides_them_all()
    {
        await MakeBucketAsync();
        project = project with { Data = project.Data with { Split = SplitMethod.Time } };
        await cloud.PutAsync("data/base/own.csv", Csv(0, 50));
        List(
            new SourceObject("data/base/own.csv", SourceFormat.Csv, Csv(0, 50).Length, ""),
            await PutAsync("after/1.csv", Csv(50, 50))
        );
        var version = (await RunAsync("nobody")).DatasetVersion;
        var test = await cloud.GetAsync($"datasets/{version}/test/base.csv");
        test.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(Enumerable.Range(80, 20).Select(i => $"{i % 2},{i},{i % 7}"));
    }

    [Fact]
    public async Task A_large_file_is_uploaded_in_parts_once()
    {
        await MakeBucketAsync();
        var bytes = new byte[12 * 1024 * 1024 + 5];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(folder.At("large"), bytes);
        var upload = new PartsUpload(cloud.S3, Bucket, partSize: 5 * 1024 * 1024);
        (await upload.TryAddAsync("large", folder.At("large"), "text/csv")).ShouldBeTrue();
        (await upload.TryAddAsync("large", folder.At("large"), "text/csv")).ShouldBeFalse();
        var pinned = await cloud.S3.GetObjectMetadataAsync(Bucket, "large");
        var (hash, _) = await new PinnedObject(
            cloud.S3,
            new S3Uri(Bucket, "large"),
            pinned.ETag,
            bytes.Length
        ).DownloadAsync(folder.At("copy"));
        hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await cloud.S3.ListMultipartUploadsAsync(Bucket)).MultipartUploads.ShouldBeNull();
    }

    [Fact]
    public async Task Prepare_that_is_stopped_leaves_no_version()
    {
        await MakeBucketAsync();
        List(await PutAsync("long/1.csv", Csv(0, 300_000)));
        var before = await cloud.KeysAsync("datasets/");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var arguments = new ProcessingArguments(["--endpoint", "nobody"], "endpoint", "commit", "trigger", "at");
        await Should.ThrowAsync<OperationCanceledException>(() =>
            PrepareCommand.RunAsync(cloud.Context(project, Folders, Now), arguments, stop.Token)
        );
        (await cloud.KeysAsync("datasets/")).ShouldBe(before);
        (await RunAsync("nobody")).BaseRows.ShouldBeGreaterThan(50_000);
    }

    private static string Csv(int from, int rows) =>
        "label,a,b\n"
        + string.Concat(Enumerable.Range(from, rows).Select(i => $"{(i % 2 == 0 ? "no" : "yes")},{i},{i % 7}\n"));

    private static string Jsonl(int from, int rows) =>
        string.Concat(
            Enumerable
                .Range(from, rows)
                .Select(i => $"{{\"b\":{i % 7},\"label\":\"{(i % 2 == 0 ? "no" : "yes")}\",\"a\":{i}}}\n")
        );

    private void List(params SourceObject[] objects) =>
        folder.Write("processing/input/base/list.jsonl", SourceObject.WriteList(objects));

    private async Task<string> ProblemAsync() => (await Should.ThrowAsync<UserError>(() => RunAsync("nobody"))).Message;

    private async Task MakeBucketAsync(bool versioned = false)
    {
        await cloud.S3.PutBucketAsync(Bucket);
        if (versioned)
        {
            await cloud.S3.PutBucketVersioningAsync(
                new PutBucketVersioningRequest
                {
                    BucketName = Bucket,
                    VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
                }
            );
        }
    }

    private async Task<SourceObject> PutAsync(string key, string text)
    {
        var put = await cloud.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = key,
                ContentBody = text,
            }
        );
        return new SourceObject($"s3://{Bucket}/{key}", FileNames.FormatOf(key, null)!.Value, text.Length, put.ETag);
    }
}
