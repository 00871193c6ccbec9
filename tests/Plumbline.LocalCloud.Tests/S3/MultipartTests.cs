using Amazon.S3.Model;
using static Plumbline.LocalCloud.Tests.S3.MultipartCalls;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class MultipartTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task Parts_become_one_object_in_the_order_of_their_numbers()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var before = Files();
        var id = await BeginAsync(bucket, request => request.ContentType = "x/y");
        var tags = new PartETag[3];
        foreach (var index in new[] { 2, 0, 1 })
        {
            tags[index] = await SendAsync(bucket, id, index + 1, Contents[index]);
        }

        var listed = await bucket.Client.ListPartsAsync(bucket.Name, "k", id);
        listed.Parts.Select(part => part.Size!.Value).ShouldBe(Contents.Select(part => (long)part.Length));
        (await bucket.KeysAsync()).ShouldBeEmpty();

        var done = await CompleteAsync(bucket, id, tags);
        var hashes = Contents.SelectMany(part => Convert.FromHexString(S3Bucket.Md5(part))).ToArray();
        done.ETag.ShouldBe($"\"{S3Bucket.Md5(hashes)}-3\"");
        (await bucket.GetAsync("k")).ShouldBe(Contents.SelectMany(part => part));
        var head = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k");
        (head.Headers.ContentType, head.ETag).ShouldBe(("x/y", done.ETag));
        (await bucket.GetAsync("k", request => request.PartNumber = 3)).ShouldBe(Contents[2]);
        Files().ShouldBe(before + 1);
        (await S3Bucket.ErrorOf(() => bucket.Client.ListPartsAsync(bucket.Name, "k", id))).ShouldBe(
            (404, "NoSuchUpload")
        );
    }

    [Fact]
    public async Task A_part_sent_again_replaces_the_first()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var id = await BeginAsync(bucket);
        var old = await SendAsync(bucket, id, 1, Contents[2]);
        var tag = await SendAsync(bucket, id, 1, [1, 2, 3]);
        (await S3Bucket.ErrorOf(() => CompleteAsync(bucket, id, old))).ShouldBe((400, "InvalidPart"));
        await CompleteAsync(bucket, id, tag);
        (await bucket.GetAsync("k")).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task The_list_of_parts_is_checked()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var id = await BeginAsync(bucket);
        var first = await SendAsync(bucket, id, 1, [1]);
        var second = await SendAsync(bucket, id, 2, [2]);
        (await S3Bucket.ErrorOf(() => CompleteAsync(bucket, id, first, second))).ShouldBe((400, "EntityTooSmall"));
        (await S3Bucket.ErrorOf(() => CompleteAsync(bucket, id, new PartETag(3, first.ETag)))).ShouldBe(
            (400, "InvalidPart")
        );
        var requests = new Gateway.SignedRequests(cloud.Host) { Service = "s3" };
        var parts = string.Concat(
            new[] { second, first }.Select(part =>
                $"<Part><PartNumber>{part.PartNumber}</PartNumber><ETag>{part.ETag}</ETag></Part>"
            )
        );
        var (_, body) = await requests.SendAsync(
            "POST",
            $"/{bucket.Name}/k?uploadId={id}",
            $"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>"
        );
        body.ShouldContain("<Code>InvalidPartOrder</Code>");
    }

    [Fact]
    public async Task What_is_aborted_leaves_nothing()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var before = Files();
        var id = await BeginAsync(bucket);
        await SendAsync(bucket, id, 1, Contents[2]);
        var uploads = await bucket.Client.ListMultipartUploadsAsync(bucket.Name);
        uploads.MultipartUploads.Select(upload => (upload.Key, upload.UploadId)).ShouldBe([("k", id)]);
        await bucket.Client.AbortMultipartUploadAsync(bucket.Name, "k", id);
        Files().ShouldBe(before);
        (await S3Bucket.ErrorOf(() => SendAsync(bucket, id, 2, [1]))).ShouldBe((404, "NoSuchUpload"));
        Files().ShouldBe(before);
    }

    [Fact]
    public async Task Parts_can_be_copied_from_objects()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("source", Contents[1]);
        var id = await BeginAsync(bucket);
        var copied = await bucket.Client.CopyPartAsync(
            new CopyPartRequest
            {
                SourceBucket = bucket.Name,
                SourceKey = "source",
                FirstByte = 1,
                LastByte = SmallestPart,
                DestinationBucket = bucket.Name,
                DestinationKey = "k",
                UploadId = id,
                PartNumber = 1,
            }
        );
        var last = await SendAsync(bucket, id, 2, [7]);
        await CompleteAsync(bucket, id, new PartETag(1, copied.ETag), last);
        (await bucket.GetAsync("k")).ShouldBe([.. Contents[1][1..], 7]);
    }

    [Fact]
    public async Task An_upload_that_may_only_create_does_not_replace()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "there");
        var id = await BeginAsync(bucket);
        var tag = await SendAsync(bucket, id, 1, [1]);
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = bucket.Name,
            Key = "k",
            UploadId = id,
            PartETags = [tag],
            IfNoneMatch = "*",
        };
        (await S3Bucket.ErrorOf(() => bucket.Client.CompleteMultipartUploadAsync(request))).ShouldBe(
            (412, "PreconditionFailed")
        );
        (await bucket.GetTextAsync("k")).ShouldBe("there");
        await bucket.Client.DeleteObjectAsync(bucket.Name, "k");
        request.UploadId = await BeginAsync(bucket);
        request.PartETags = [await SendAsync(bucket, request.UploadId, 1, [1])];
        await bucket.Client.CompleteMultipartUploadAsync(request);
        (await bucket.GetAsync("k")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_bucket_takes_its_unfinished_uploads_with_it()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var before = Files();
        var id = await BeginAsync(bucket);
        await SendAsync(bucket, id, 1, Contents[2]);
        await bucket.Client.DeleteBucketAsync(bucket.Name);
        Files().ShouldBe(before);
    }

    [Fact]
    public async Task Completing_an_upload_again_answers_again()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var id = await BeginAsync(bucket);
        var tag = await SendAsync(bucket, id, 1, Contents[2]);
        var first = await CompleteAsync(bucket, id, tag);
        var again = await CompleteAsync(bucket, id, tag);
        (again.ETag, again.Key, again.ChecksumCRC64NVME).ShouldBe((first.ETag, "k", first.ChecksumCRC64NVME));
        await bucket.PutAsync("k", "newer");
        (await S3Bucket.ErrorOf(() => CompleteAsync(bucket, id, tag))).ShouldBe((404, "NoSuchUpload"));
        (await bucket.GetTextAsync("k")).ShouldBe("newer");
    }

    [Theory]
    [InlineData("bytes=0-", "InvalidArgument", "must be of the form bytes=first-last")]
    [InlineData("0-2", "InvalidArgument", "must be of the form bytes=first-last")]
    [InlineData("bytes=2-1", "InvalidArgument", "must be of the form bytes=first-last")]
    [InlineData("bytes=0-5", "InvalidArgument", "not valid for source object of size: 5")]
    [InlineData("bytes=5-9", "InvalidRequest", "invalid for the source object size")]
    public async Task A_range_that_the_source_of_a_part_does_not_have_is_refused(
        string range,
        string code,
        string words
    )
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("source", "12345");
        var id = await BeginAsync(bucket);
        var requests = new Gateway.SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync(
            "PUT",
            $"/{bucket.Name}/k?partNumber=1&uploadId={id}",
            headers: new() { ["x-amz-copy-source"] = $"{bucket.Name}/source", ["x-amz-copy-source-range"] = range }
        );
        ((int)status).ShouldBe(400);
        body.ShouldContain($"<Code>{code}</Code>");
        body.ShouldContain(words);
    }

    private int Files() => Directory.GetFiles(Path.Combine(cloud.DataFolder, "objects")).Length;
}
