using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>Conditions of requests, and the condition that S3 names in an error.</summary>
public sealed class ConditionTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Theory]
    [InlineData("GET", "k", "If-Modified-Since", "")]
    [InlineData("GET", "k", "If-Unmodified-Since", "")]
    [InlineData("PUT", "l", "x-amz-copy-source-if-modified-since", "k")]
    public async Task A_time_in_the_future_is_no_condition(string method, string key, string header, string source)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v");
        var headers = new Dictionary<string, string> { [header] = DateTimeOffset.UtcNow.AddDays(1).ToString("r") };
        if (source.Length > 0)
        {
            headers["x-amz-copy-source"] = $"{bucket.Name}/{source}";
        }

        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        ((int)(await requests.SendAsync(method, $"/{bucket.Name}/{key}", headers: headers)).Status).ShouldBe(200);
    }

    [Theory]
    [InlineData("x-amz-copy-source-if-match", "\"other\"", "x-amz-copy-source-If-Match")]
    [InlineData(
        "x-amz-copy-source-if-unmodified-since",
        "Sat, 01 Jan 2000 00:00:00 GMT",
        "x-amz-copy-source-If-Unmodified-Since"
    )]
    [InlineData("x-amz-copy-source-if-none-match", "*", "x-amz-copy-source-If-None-Match")]
    public async Task A_condition_on_the_source_of_a_copy_is_named_as_its_header(
        string header,
        string value,
        string condition
    )
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v");
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync(
            "PUT",
            $"/{bucket.Name}/copy",
            headers: new() { ["x-amz-copy-source"] = $"{bucket.Name}/k", [header] = value }
        );
        ((int)status).ShouldBe(412);
        body.ShouldContain($"<Condition>{condition}</Condition>");
    }

    [Theory]
    [InlineData("If-None-Match", "\"5d41402abc4b2a76b9719d911017c592\"")]
    [InlineData("If-Match", "*")]
    public async Task A_write_takes_only_conditions_that_S3_takes(string header, string value)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v");
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync("PUT", $"/{bucket.Name}/k", "new", new() { [header] = value });
        ((int)status).ShouldBe(501);
        body.ShouldContain($"<Header>{header}</Header>");
        body.ShouldContain("<additionalMessage>We don't accept the provided value of");
        (await bucket.GetTextAsync("k")).ShouldBe("v");
    }

    [Fact]
    public async Task What_is_deleted_on_a_condition_must_be_there_and_fit()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var tag = (await bucket.PutAsync("k", "v")).ETag;
        (await S3Bucket.ErrorOf(() => DeleteAsync("none", tag))).ShouldBe((404, "NoSuchKey"));
        (await S3Bucket.ErrorOf(() => DeleteAsync("k", "\"other\""))).ShouldBe((412, "PreconditionFailed"));
        var several = new DeleteObjectsRequest
        {
            BucketName = bucket.Name,
            Objects = [new() { Key = "k", ETag = "\"other\"" }],
        };
        var error = await Should.ThrowAsync<DeleteObjectsException>(() => bucket.Client.DeleteObjectsAsync(several));
        error.Response.DeleteErrors.ShouldHaveSingleItem().Code.ShouldBe("PreconditionFailed");
        (await bucket.GetTextAsync("k")).ShouldBe("v");
        await DeleteAsync("k", tag);
        (await bucket.KeysAsync()).ShouldBeEmpty();

        Task DeleteAsync(string key, string match) =>
            bucket.Client.DeleteObjectAsync(
                new DeleteObjectRequest
                {
                    BucketName = bucket.Name,
                    Key = key,
                    IfMatch = match,
                }
            );
    }

    [Fact]
    public async Task An_upload_whose_key_changed_meanwhile_is_in_conflict()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "before");
        var upload = new Uploads(bucket, "k");
        await upload.BeginAsync();
        (await S3Bucket.ErrorOf(() => upload.CompleteAsync(request => request.IfMatch = "\"other\"", [1]))).ShouldBe(
            (412, "PreconditionFailed")
        );
        var tag = (await bucket.PutAsync("k", "meanwhile")).ETag;
        (await S3Bucket.ErrorOf(() => upload.CompleteAsync(request => request.IfMatch = tag, [1]))).ShouldBe(
            (409, "ConditionalRequestConflict")
        );
        await bucket.Client.DeleteObjectAsync(bucket.Name, "k");
        (await S3Bucket.ErrorOf(() => upload.CompleteAsync(request => request.IfNoneMatch = "*", [1]))).ShouldBe(
            (409, "ConditionalRequestConflict")
        );
        (await bucket.KeysAsync()).ShouldBeEmpty();
        await upload.CompleteAsync([1]);
        (await bucket.GetAsync("k")).ShouldBe([1]);
    }
}
