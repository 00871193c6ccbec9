using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class ObjectTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task What_was_put_comes_back_with_its_headers_and_metadata()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var put = await bucket.PutAsync(
            "a/b.txt",
            "hello",
            request =>
            {
                request.ContentType = "text/plain";
                request.Headers.ContentEncoding = "gzip";
                request.Headers.ContentDisposition = "attachment";
                request.Headers.CacheControl = "max-age=3";
                request.Metadata["Who"] = "me";
            }
        );
        put.ETag.ShouldBe("\"5d41402abc4b2a76b9719d911017c592\"");
        using var got = await bucket.Client.GetObjectAsync(bucket.Name, "a/b.txt");
        using var reader = new StreamReader(got.ResponseStream);
        (await reader.ReadToEndAsync()).ShouldBe("hello");
        got.ETag.ShouldBe(put.ETag);
        got.ContentLength.ShouldBe(5);
        got.Headers.ContentType.ShouldBe("text/plain");
        got.Headers.ContentEncoding.ShouldBe("gzip");
        got.Headers.ContentDisposition.ShouldBe("attachment");
        got.Headers.CacheControl.ShouldBe("max-age=3");
        got.Metadata["x-amz-meta-who"].ShouldBe("me");
        got.LastModified!.Value.ShouldBe(DateTime.UtcNow, TimeSpan.FromMinutes(1));

        var head = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "a/b.txt");
        head.ContentLength.ShouldBe(5);
        head.Headers.ContentType.ShouldBe("text/plain");
        head.Metadata["x-amz-meta-who"].ShouldBe("me");
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("empty", "");
        (await bucket.GetAsync("empty")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_object_comes_back_whole()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var bytes = RandomNumberGenerator.GetBytes(5_000_001);
        (await bucket.PutAsync("large", bytes)).ETag.ShouldBe($"\"{S3Bucket.Md5(bytes)}\"");
        (await bucket.GetAsync("large")).ShouldBe(bytes);
    }

    [Fact]
    public async Task Putting_again_replaces_and_leaves_one_file()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var before = Files();
        await bucket.PutAsync("k", "one");
        await bucket.PutAsync("k", "two");
        (await bucket.GetTextAsync("k")).ShouldBe("two");
        Files().ShouldBe(before + 1);
        await bucket.Client.DeleteObjectAsync(bucket.Name, "k");
        Files().ShouldBe(before);
    }

    [Theory]
    [InlineData(0, 4, "01234")]
    [InlineData(3, 3, "3")]
    [InlineData(8, 100, "89")]
    public async Task A_range_is_a_part_of_the_object(long first, long last, string expected)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("digits", "0123456789");
        using var got = await bucket.Client.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = bucket.Name,
                Key = "digits",
                ByteRange = new ByteRange(first, last),
            }
        );
        ((int)got.HttpStatusCode).ShouldBe(206);
        got.ContentRange.ShouldBe($"bytes {first}-{first + expected.Length - 1}/10");
        using var reader = new StreamReader(got.ResponseStream);
        (await reader.ReadToEndAsync()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("bytes=-3", "789")]
    [InlineData("bytes=-30", "0123456789")]
    [InlineData("bytes=7-", "789")]
    [InlineData("bytes=7-3", "0123456789")]
    [InlineData("lines=1-2", "0123456789")]
    public async Task Ranges_have_several_forms(string range, string expected)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("digits", "0123456789");
        var got = await bucket.GetAsync("digits", request => request.ByteRange = new ByteRange(range));
        Encoding.UTF8.GetString(got).ShouldBe(expected);
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=-0")]
    public async Task A_range_outside_the_object_is_not_satisfiable(string range)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("digits", "0123456789");
        (
            await S3Bucket.ErrorOf(() => bucket.GetAsync("digits", request => request.ByteRange = new ByteRange(range)))
        ).ShouldBe((416, "InvalidRange"));
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        (await S3Bucket.ErrorOf(() => bucket.GetAsync("none"))).ShouldBe((404, "NoSuchKey"));
        (await S3Bucket.ErrorOf(() => bucket.Client.GetObjectAsync("no-such-bucket-here", "k"))).ShouldBe(
            (404, "NoSuchBucket")
        );
        (await S3Bucket.ErrorOf(() => bucket.Client.GetObjectMetadataAsync(bucket.Name, "none"))).Status.ShouldBe(404);
        (
            await S3Bucket.ErrorOf(() =>
                bucket.Client.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = "no-such-bucket-here",
                        Key = "k",
                        ContentBody = "x",
                    }
                )
            )
        ).ShouldBe((404, "NoSuchBucket"));
        await bucket.Client.DeleteObjectAsync(bucket.Name, "none");
    }

    [Fact]
    public async Task Conditions_on_reads_are_kept()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var tag = (await bucket.PutAsync("k", "v")).ETag;
        var modified = (await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k")).LastModified;
        (await bucket.GetAsync("k", request => request.EtagToMatch = tag)).Length.ShouldBe(1);
        (await S3Bucket.ErrorOf(() => bucket.GetAsync("k", request => request.EtagToMatch = "\"other\""))).ShouldBe(
            (412, "PreconditionFailed")
        );
        (await S3Bucket.ErrorOf(() => bucket.GetAsync("k", request => request.EtagToNotMatch = tag))).Status.ShouldBe(
            304
        );
        (
            await S3Bucket.ErrorOf(() => bucket.GetAsync("k", request => request.ModifiedSinceDate = modified))
        ).Status.ShouldBe(304);
    }

    [Fact]
    public async Task Only_one_of_many_creates_an_object_that_must_not_exist()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async writer =>
                {
                    try
                    {
                        await bucket.PutAsync("lease", $"{writer}", request => request.IfNoneMatch = "*");
                        return $"{writer}";
                    }
                    catch (AmazonS3Exception error)
                    {
                        ((int)error.StatusCode, error.ErrorCode).ShouldBe((412, "PreconditionFailed"));
                        return null;
                    }
                })
        );
        var winner = results.OfType<string>().ShouldHaveSingleItem();
        (await bucket.GetTextAsync("lease")).ShouldBe(winner);
    }

    [Fact]
    public async Task Several_are_deleted_at_once()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("a", "1");
        await bucket.PutAsync("b", "2");
        var answer = await bucket.Client.DeleteObjectsAsync(
            new DeleteObjectsRequest
            {
                BucketName = bucket.Name,
                Objects = [new() { Key = "a" }, new() { Key = "none" }],
            }
        );
        answer.DeletedObjects.Select(entry => entry.Key).ShouldBe(["a", "none"]);
        (await bucket.KeysAsync()).ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_part_and_a_range_cannot_be_asked_for_at_once()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "0123456789");
        (
            await S3Bucket.ErrorOf(() =>
                bucket.GetAsync("k", request => (request.PartNumber, request.ByteRange) = (1, new ByteRange(0, 1)))
            )
        ).ShouldBe((400, "InvalidRequest"));
    }

    [Theory]
    [InlineData("deflate, gzip", "deflate, gzip")]
    [InlineData("aws-chunked,gzip", "gzip")]
    [InlineData("gzip, aws-chunked", "gzip")]
    [InlineData("aws-chunked", null)]
    public async Task The_content_encoding_is_kept_as_it_was_written(string sent, string? kept)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        string? written = null;
        var requests = new SignedRequests(cloud.Host)
        {
            Service = "s3",
            Answered = answer =>
                written = answer.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var value)
                    ? value.ToString()
                    : null,
        };
        await requests.SendAsync("PUT", $"/{bucket.Name}/k", "v", new() { ["Content-Encoding"] = sent });
        await requests.SendAsync("GET", $"/{bucket.Name}/k");
        written.ShouldBe(kept);
    }

    private int Files() => Directory.GetFiles(Path.Combine(cloud.DataFolder, "objects")).Length;
}
