using Amazon.S3;
using Amazon.S3.Model;

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
