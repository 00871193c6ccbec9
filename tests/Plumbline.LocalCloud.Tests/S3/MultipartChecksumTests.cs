using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using static Plumbline.LocalCloud.Tests.S3.MultipartCalls;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class MultipartChecksumTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_checksum_of_checksums_is_kept()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var id = await BeginAsync(bucket, request => request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256);
        var sent = await bucket.Client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket.Name,
                Key = "k",
                UploadId = id,
                PartNumber = 1,
                InputStream = new MemoryStream(Contents[2]),
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            }
        );
        sent.ChecksumSHA256.ShouldBe(Convert.ToBase64String(SHA256.HashData(Contents[2])));
        var done = await CompleteAsync(
            bucket,
            id,
            new PartETag
            {
                PartNumber = 1,
                ETag = sent.ETag,
                ChecksumSHA256 = sent.ChecksumSHA256,
            }
        );
        done.ChecksumSHA256.ShouldBe(Convert.ToBase64String(SHA256.HashData(SHA256.HashData(Contents[2]))) + "-1");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_upload_without_a_checksum_gets_one_of_the_whole_object(int count)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var contents = Contents[..count];
        var id = await BeginAsync(bucket);
        var parts = contents.Select((content, index) => SendAsync(bucket, id, index + 1, content));
        var done = await CompleteAsync(bucket, id, await Task.WhenAll(parts));
        using var checksum = Services.S3.Checksums.IncrementalChecksum.Of("CRC64NVME");
        checksum.Append(contents.SelectMany(content => content).ToArray());
        done.ChecksumCRC64NVME.ShouldBe(Convert.ToBase64String(checksum.Finish()));
        done.ChecksumType.ShouldBe(ChecksumType.FULL_OBJECT);
    }

    [Fact]
    public async Task The_checksum_of_a_part_is_listed_and_comes_back_with_the_part()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var upload = new Uploads(bucket, "k");
        await upload.BeginAsync(request =>
        {
            request.ChecksumAlgorithm = ChecksumAlgorithm.CRC32;
            request.ChecksumType = ChecksumType.FULL_OBJECT;
        });
        var sent = await upload.SendAsync(1, Contents[0]);
        var listed = await bucket.Client.ListPartsAsync(bucket.Name, "k", upload.Id);
        listed.Parts.Single().ChecksumCRC32.ShouldBe(sent.ChecksumCRC32);
        await upload.CompleteAsync(Contents[0], Contents[2]);
        var head = await bucket.Client.GetObjectMetadataAsync(
            new()
            {
                BucketName = bucket.Name,
                Key = "k",
                PartNumber = 1,
                ChecksumMode = ChecksumMode.ENABLED,
            }
        );
        (head.ChecksumCRC32, head.PartsCount, head.ContentLength).ShouldBe((sent.ChecksumCRC32, 2, Contents[0].Length));
    }
}
