using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>Sessions of roles that read and write objects.</summary>
public sealed class ObjectRightsTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task Objects_are_read_written_copied_and_deleted_by_their_own_rights()
    {
        using var root = cloud.Connect();
        using var owner = S3ClientFactory.Create(root);
        await owner.PutBucketAsync("rights");
        await owner.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "rights",
                Key = "truth/1",
                ContentBody = "t",
            }
        );
        var keys = await cloud.OfAsync(
            "storer",
            """
            {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::rights/own/*"},
            {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::rights","Condition":{"StringLike":{"s3:prefix":"own/*"}}}
            """
        );
        using var connection = cloud.Connect(keys);
        using var s3 = S3ClientFactory.Create(connection);

        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "rights",
                Key = "own/1",
                ContentBody = "x",
            }
        );
        await s3.GetObjectAsync("rights", "own/1");
        await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "rights", Prefix = "own/" });
        await RefusedAsync("s3:GetObject", () => s3.GetObjectAsync("rights", "truth/1"));
        await RefusedAsync("s3:GetObjectVersion", () => s3.GetObjectAsync("rights", "own/1", "null"));
        await RefusedAsync("s3:ListBucket", () => s3.ListObjectsV2Async(new() { BucketName = "rights" }));
        await RefusedAsync("s3:GetObject", () => s3.CopyObjectAsync("rights", "truth/1", "rights", "own/2"));
        await RefusedAsync("s3:PutObject", () => s3.CopyObjectAsync("rights", "own/1", "rights", "truth/2"));
        await RefusedAsync("s3:PutObject", () => s3.InitiateMultipartUploadAsync("rights", "truth/3"));
        await RefusedAsync("s3:PutBucketTagging", () => s3.DeleteBucketTaggingAsync("rights"));
        await RefusedAsync(
            "s3:PutObjectTagging",
            () =>
                s3.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = "rights",
                        Key = "own/3",
                        TagSet = [new Tag { Key = "a", Value = "b" }],
                    }
                )
        );
        await RefusedAsync(
            "s3:DeleteObject",
            () =>
                s3.DeleteObjectsAsync(
                    new DeleteObjectsRequest
                    {
                        BucketName = "rights",
                        Objects = [new KeyVersion { Key = "own/1" }, new KeyVersion { Key = "truth/1" }],
                    }
                )
        );
        (await owner.ListObjectsV2Async(new() { BucketName = "rights" }))
            .S3Objects.Select(one => one.Key)
            .ShouldBe(["own/1", "truth/1"]);
    }

    [Fact]
    public async Task A_presigned_URL_may_do_what_its_signer_may()
    {
        var keys = await cloud.OfAsync("presigner", """{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}""");
        using var connection = cloud.Connect(keys);
        using var s3 = S3ClientFactory.Create(connection);
        var url = await s3.GetPreSignedURLAsync(
            new GetPreSignedUrlRequest
            {
                BucketName = "presigned",
                Key = "k",
                Protocol = Protocol.HTTP,
                Expires = DateTime.UtcNow.AddMinutes(5),
            }
        );
        using var http = new HttpClient();

        using var answer = await http.GetAsync(url);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("s3:GetObject");
    }

    private static async Task RefusedAsync(string action, Func<Task> call)
    {
        var error = await Should.ThrowAsync<AmazonS3Exception>(call);
        (error.ErrorCode, error.StatusCode).ShouldBe(("AccessDenied", HttpStatusCode.Forbidden));
        error.Message.ShouldContain($"is not authorized to perform: {action} on resource: \"arn:aws:s3:::rights");
    }
}
