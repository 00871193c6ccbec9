using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>Like AWS's, every answer about an object describes its encryption.</summary>
public sealed class EncryptionTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Key = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    [Fact]
    public async Task An_object_is_AES256_where_nobody_asks_for_anything_else()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var aes = ServerSideEncryptionMethod.AES256;
        (await bucket.PutAsync("k", "v")).ServerSideEncryptionMethod.ShouldBe(aes);
        (await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k")).ServerSideEncryptionMethod.ShouldBe(aes);
        using var got = await bucket.Client.GetObjectAsync(bucket.Name, "k");
        got.ServerSideEncryptionMethod.ShouldBe(aes);
        var copy = await bucket.Client.CopyObjectAsync(bucket.Name, "k", bucket.Name, "copy");
        copy.ServerSideEncryptionMethod.ShouldBe(aes);

        var upload = new Uploads(bucket, "parts");
        (await upload.BeginAsync()).ServerSideEncryptionMethod.ShouldBe(aes);
        (await upload.SendAsync(2, [1])).ServerSideEncryptionMethod.ShouldBe(aes);
        var part = await bucket.Client.CopyPartAsync(
            new CopyPartRequest
            {
                SourceBucket = bucket.Name,
                SourceKey = "k",
                DestinationBucket = bucket.Name,
                DestinationKey = "parts",
                UploadId = upload.Id,
                PartNumber = 3,
            }
        );
        part.ServerSideEncryptionMethod.ShouldBe(aes);
        (await upload.CompleteAsync([1])).ServerSideEncryptionMethod.ShouldBe(aes);
    }

    [Fact]
    public async Task A_key_is_accepted_and_given_back()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var put = await bucket.PutAsync(
            "k",
            "v",
            request =>
            {
                request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
                request.ServerSideEncryptionKeyManagementServiceKeyId = Key;
                request.BucketKeyEnabled = true;
            }
        );
        var head = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k");
        (
            put.ServerSideEncryptionMethod,
            put.ServerSideEncryptionKeyManagementServiceKeyId,
            put.BucketKeyEnabled
        ).ShouldBe((ServerSideEncryptionMethod.AWSKMS, Key, true));
        (
            head.ServerSideEncryptionMethod,
            head.ServerSideEncryptionKeyManagementServiceKeyId,
            head.BucketKeyEnabled
        ).ShouldBe((ServerSideEncryptionMethod.AWSKMS, Key, true));

        var upload = new Uploads(bucket, "parts");
        var begun = await upload.BeginAsync(request =>
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
            request.ServerSideEncryptionKeyManagementServiceKeyId = Key;
        });
        begun.ServerSideEncryptionKeyManagementServiceKeyId.ShouldBe(Key);
        (await upload.SendAsync(2, [1])).ServerSideEncryptionMethod.ShouldBe(ServerSideEncryptionMethod.AWSKMS);
        (await upload.CompleteAsync([1])).ServerSideEncryptionKeyManagementServiceKeyId.ShouldBe(Key);
        (await bucket.GetAsync("parts")).ShouldBe([1]);
    }

    [Fact]
    public async Task Without_a_key_the_accounts_own_is_used()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var put = await bucket.PutAsync(
            "k",
            "v",
            request => request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS
        );
        put.ServerSideEncryptionKeyManagementServiceKeyId.ShouldStartWith("arn:aws:kms:us-east-1:000000000000:");
    }

    [Fact]
    public async Task Encryption_and_storage_class_of_a_copy_are_the_requests_and_never_the_sources()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync(
            "k",
            "v",
            request =>
            {
                request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
                request.StorageClass = S3StorageClass.StandardInfrequentAccess;
                request.Metadata["a"] = "1";
            }
        );
        var request = new CopyObjectRequest
        {
            SourceBucket = bucket.Name,
            SourceKey = "k",
            DestinationBucket = bucket.Name,
            DestinationKey = "plain",
        };
        await bucket.Client.CopyObjectAsync(request);
        var plain = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "plain");
        (plain.ServerSideEncryptionMethod, plain.StorageClass, plain.Metadata["a"]).ShouldBe(
            (ServerSideEncryptionMethod.AES256, null, "1")
        );

        request.DestinationKey = "chosen";
        request.StorageClass = S3StorageClass.OneZoneInfrequentAccess;
        request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
        request.ServerSideEncryptionKeyManagementServiceKeyId = Key;
        await bucket.Client.CopyObjectAsync(request);
        var chosen = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "chosen");
        (chosen.ServerSideEncryptionKeyManagementServiceKeyId, chosen.StorageClass).ShouldBe(
            (Key, S3StorageClass.OneZoneInfrequentAccess)
        );
    }

    [Theory]
    [InlineData("x-amz-server-side-encryption-aws-kms-key-id", Key, "InvalidArgument")]
    [InlineData("x-amz-storage-class", "OUTPOSTS", "InvalidStorageClass")]
    public async Task A_choice_that_S3_does_not_have_is_refused(string header, string value, string code)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync("PUT", $"/{bucket.Name}/k", "v", new() { [header] = value });
        ((int)status).ShouldBe(400);
        body.ShouldContain($"<Code>{code}</Code>");
        (await bucket.KeysAsync()).ShouldBeEmpty();
    }
}
