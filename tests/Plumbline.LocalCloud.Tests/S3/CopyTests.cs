using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class CopyTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_copy_has_the_content_and_metadata_and_outlives_its_source()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var put = await bucket.PutAsync(
            "source é +",
            "content",
            request =>
            {
                request.ContentType = "text/plain";
                request.Metadata["a"] = "1";
            }
        );
        var copy = await CopyAsync(bucket, "source é +", "copy");
        copy.ETag.ShouldBe(put.ETag);
        await bucket.Client.DeleteObjectAsync(bucket.Name, "source é +");
        (await bucket.GetTextAsync("copy")).ShouldBe("content");
        var head = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "copy");
        (head.Headers.ContentType, head.Metadata["x-amz-meta-a"]).ShouldBe(("text/plain", "1"));
    }

    [Fact]
    public async Task Metadata_can_be_replaced_in_place()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "content", request => request.Metadata["a"] = "1");
        await CopyAsync(
            bucket,
            "k",
            "k",
            request =>
            {
                request.MetadataDirective = S3MetadataDirective.REPLACE;
                request.Metadata["b"] = "2";
            }
        );
        var head = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k");
        head.Metadata.Keys.ShouldBe(["x-amz-meta-b"]);
        (await bucket.GetTextAsync("k")).ShouldBe("content");
    }

    [Fact]
    public async Task A_copy_onto_itself_that_changes_nothing_is_refused()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "content");
        (await S3Bucket.ErrorOf(() => CopyAsync(bucket, "k", "k"))).ShouldBe((400, "InvalidRequest"));
    }

    [Fact]
    public async Task Conditions_on_the_source_are_kept()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "content");
        (
            await S3Bucket.ErrorOf(() => CopyAsync(bucket, "k", "l", request => request.ETagToMatch = "\"other\""))
        ).ShouldBe((412, "PreconditionFailed"));
        (await S3Bucket.ErrorOf(() => CopyAsync(bucket, "none", "l"))).ShouldBe((404, "NoSuchKey"));
        (await bucket.KeysAsync()).ShouldBe(["k"]);
    }

    [Fact]
    public async Task A_copy_of_what_came_in_parts_is_one_piece()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        byte[][] contents = [new byte[5 << 20], [1, 2, 3]];
        var upload = new Uploads(bucket, "k");
        await upload.BeginAsync(request => request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256);
        await upload.CompleteAsync(contents);
        byte[] whole = [.. contents[0], .. contents[1]];
        var copy = await CopyAsync(bucket, "k", "copy");
        copy.ETag.ShouldBe($"\"{S3Bucket.Md5(whole)}\"");
        copy.ChecksumSHA256.ShouldBe(Convert.ToBase64String(SHA256.HashData(whole)));
        var head = await bucket.Client.GetObjectMetadataAsync(
            new()
            {
                BucketName = bucket.Name,
                Key = "copy",
                PartNumber = 1,
            }
        );
        (head.PartsCount, head.ContentLength, head.ETag).ShouldBe((null, whole.Length, copy.ETag));
    }

    [Fact]
    public async Task The_answer_to_a_copy_has_the_checksum_without_its_type()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "content");
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (_, body) = await requests.SendAsync(
            "PUT",
            $"/{bucket.Name}/copy",
            headers: new() { ["x-amz-copy-source"] = $"/{bucket.Name}/k" }
        );
        body.ShouldContain("<ChecksumCRC32>");
        body.ShouldNotContain("ChecksumType");
    }

    [Fact]
    public async Task A_plus_in_the_name_of_a_copys_source_is_a_blank()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("a b", "blank");
        await bucket.PutAsync("a+b", "plus");
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        foreach (var (name, content) in new[] { ("a+b", "blank"), ("a%2Bb", "plus") })
        {
            await requests.SendAsync(
                "PUT",
                $"/{bucket.Name}/copy",
                headers: new() { ["x-amz-copy-source"] = $"{bucket.Name}/{name}" }
            );
            (await bucket.GetTextAsync("copy")).ShouldBe(content);
        }
    }

    private static Task<CopyObjectResponse> CopyAsync(
        S3Bucket bucket,
        string from,
        string to,
        Action<CopyObjectRequest>? change = null
    )
    {
        var request = new CopyObjectRequest
        {
            SourceBucket = bucket.Name,
            SourceKey = from,
            DestinationBucket = bucket.Name,
            DestinationKey = to,
        };
        change?.Invoke(request);
        return bucket.Client.CopyObjectAsync(request);
    }
}
