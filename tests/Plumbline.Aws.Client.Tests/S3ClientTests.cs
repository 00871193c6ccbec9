using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Client.Tests;

/// <summary>Tests AWS's own S3 client for .NET with our codec and verifier.</summary>
public sealed class S3ClientTests
{
    [Fact]
    public async Task It_lists_what_our_codec_writes()
    {
        await using var aws = await FakeAws.StartAsync(
            "s3",
            (operation, input) =>
            {
                operation.ShouldBe("ListObjectsV2");
                input.Text("Bucket").ShouldBe("bucket");
                input.Text("Prefix").ShouldBe("a b/\u4e2d+");
                return new JsonObject
                {
                    ["Name"] = "bucket",
                    ["IsTruncated"] = false,
                    ["KeyCount"] = 1,
                    ["Contents"] = new JsonArray(
                        new JsonObject
                        {
                            ["Key"] = "a b/<&>",
                            ["Size"] = 5_000_000_000,
                            ["LastModified"] = 1700000000,
                        }
                    ),
                };
            }
        );
        using var connection = aws.Connect();
        using var s3 = S3ClientFactory.Create(connection);
        var listing = await s3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = "bucket", Prefix = "a b/\u4e2d+" }
        );
        listing.S3Objects.Single().Key.ShouldBe("a b/<&>");
        listing.S3Objects.Single().Size.ShouldBe(5_000_000_000);
        aws.Hook.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_reads_a_buckets_location_and_our_errors()
    {
        await using var aws = await FakeAws.StartAsync(
            "s3",
            (operation, _) =>
                operation == "GetBucketLocation"
                    ? new JsonObject { ["LocationConstraint"] = "eu-central-1" }
                    : throw new AwsException("NoSuchBucket", 404, "The specified bucket does not exist")
                    {
                        Members = new JsonObject { ["BucketName"] = "bucket" },
                    }
        );
        using var connection = aws.Connect();
        using var s3 = S3ClientFactory.Create(connection);
        (await s3.GetBucketLocationAsync("bucket")).Location.Value.ShouldBe("eu-central-1");
        var error = await Should.ThrowAsync<AmazonS3Exception>(() => s3.DeleteBucketAsync("bucket"));
        (error.ErrorCode, (int)error.StatusCode).ShouldBe(("NoSuchBucket", 404));
    }

    [Fact]
    public async Task Its_deletes_and_completed_uploads_are_read()
    {
        var inputs = new List<JsonObject>();
        await using var aws = await FakeAws.StartAsync(
            "s3",
            (_, input) =>
            {
                inputs.Add(input);
                return new JsonObject();
            }
        );
        using var connection = aws.Connect();
        using var s3 = S3ClientFactory.Create(connection);
        await s3.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = "bucket", Objects = [new() { Key = "a&b" }, new() { Key = "c" }] }
        );
        await s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = "bucket",
                Key = "key",
                UploadId = "u",
                PartETags = [new PartETag(1, "\"e1\"")],
            }
        );
        inputs[0].Object("Delete")!.Objects("Objects").Select(item => item.Text("Key")).ShouldBe(["a&b", "c"]);
        var part = inputs[1].Object("MultipartUpload")!.Objects("Parts").Single();
        (part.Int("PartNumber"), part.Text("ETag")).ShouldBe((1, "\"e1\""));
    }
}
