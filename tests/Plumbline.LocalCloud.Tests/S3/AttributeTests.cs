using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class AttributeTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private static readonly List<ObjectAttributes> All =
    [
        ObjectAttributes.ETag,
        ObjectAttributes.Checksum,
        ObjectAttributes.ObjectParts,
        ObjectAttributes.StorageClass,
        ObjectAttributes.ObjectSize,
    ];

    [Fact]
    public async Task The_attributes_that_are_asked_for_are_told()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var put = await bucket.PutAsync("k", "value", request => request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256);
        var answer = await AttributesAsync(bucket, All);
        answer.ETag.ShouldBe(put.ETag.Trim('"'));
        (answer.ObjectSize, answer.StorageClass).ShouldBe((5L, S3StorageClass.Standard));
        answer.Checksum.ChecksumSHA256.ShouldBe(
            Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("value")))
        );
        answer.Checksum.ChecksumType.ShouldBe(ChecksumType.FULL_OBJECT);
        answer.ObjectParts.ShouldBeNull();
        answer.LastModified!.Value.ShouldBe(DateTime.UtcNow, TimeSpan.FromMinutes(1));

        var size = await AttributesAsync(bucket, [ObjectAttributes.ObjectSize]);
        (size.ObjectSize, size.ETag, size.Checksum, size.StorageClass).ShouldBe((5L, null, null, null));
    }

    [Fact]
    public async Task Parts_with_checksums_are_listed_by_pages()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        byte[][] contents = [new byte[5 << 20], [1, 2, 3]];
        var upload = new Uploads(bucket, "k");
        await upload.BeginAsync(request => request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256);
        await upload.CompleteAsync(contents);
        var answer = await AttributesAsync(bucket, All);
        answer.ObjectParts.TotalPartsCount.ShouldBe(2);
        answer
            .ObjectParts.Parts.Select(part => (part.PartNumber, part.Size, part.ChecksumSHA256))
            .ShouldBe(contents.Select((part, index) => Described(index + 1, part)));

        var page = await AttributesAsync(bucket, All, request => (request.MaxParts, request.PartNumberMarker) = (1, 1));
        page.ObjectParts.Parts.Select(part => part.PartNumber).ShouldBe([2]);
        (page.ObjectParts.IsTruncated, page.ObjectParts.NextPartNumberMarker).ShouldBe((false, 2));
    }

    [Fact]
    public async Task Parts_without_a_checksum_of_their_own_are_only_counted()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var upload = new Uploads(bucket, "k");
        await upload.BeginAsync();
        await upload.CompleteAsync([1, 2, 3]);
        var answer = await AttributesAsync(bucket, All);
        answer.ObjectParts.TotalPartsCount.ShouldBe(1);
        (answer.ObjectParts.Parts ?? []).ShouldBeEmpty();
        answer.ETag.ShouldEndWith("-1");
    }

    [Fact]
    public async Task What_is_not_there_has_none()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        (await S3Bucket.ErrorOf(() => AttributesAsync(bucket, All))).ShouldBe((404, "NoSuchKey"));
    }

    private static (int?, long?, string) Described(int number, byte[] bytes) =>
        (number, bytes.Length, Convert.ToBase64String(SHA256.HashData(bytes)));

    private static Task<GetObjectAttributesResponse> AttributesAsync(
        S3Bucket bucket,
        List<ObjectAttributes> wanted,
        Action<GetObjectAttributesRequest>? change = null
    )
    {
        var request = new GetObjectAttributesRequest
        {
            BucketName = bucket.Name,
            Key = "k",
            ObjectAttributes = wanted,
        };
        change?.Invoke(request);
        return bucket.Client.GetObjectAttributesAsync(request);
    }
}
