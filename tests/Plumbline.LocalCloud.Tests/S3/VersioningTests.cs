using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;
using static Plumbline.LocalCloud.Tests.S3.VersionCalls;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class VersioningTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task Every_write_is_a_version_that_can_be_read_by_its_id()
    {
        using var bucket = await VersionedAsync();
        var first = await bucket.PutAsync("k", "one");
        var second = await bucket.PutAsync("k", "two");
        (first.VersionId.Length, second.VersionId.Length).ShouldBe((32, 32));
        (await bucket.GetTextAsync("k")).ShouldBe("two");
        (await TextAsync(bucket, "k", first.VersionId)).ShouldBe("one");
        using var latest = await bucket.Client.GetObjectAsync(bucket.Name, "k");
        latest.VersionId.ShouldBe(second.VersionId);
        var head = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k", first.VersionId);
        (head.VersionId, head.ETag, head.ContentLength).ShouldBe((first.VersionId, first.ETag, 3L));
        (await ListAsync(bucket)).ShouldBe([
            ("k", second.VersionId, true, false),
            ("k", first.VersionId, false, false),
        ]);
        (await bucket.KeysAsync()).ShouldBe(["k"]);
    }

    [Fact]
    public async Task A_deletion_hides_the_object_until_its_marker_is_deleted()
    {
        using var bucket = await VersionedAsync();
        var put = await bucket.PutAsync("k", "one");
        var deletion = await bucket.Client.DeleteObjectAsync(bucket.Name, "k");
        (deletion.DeleteMarker, deletion.VersionId.Length).ShouldBe(("true", 32));
        (await S3Bucket.ErrorOf(() => bucket.GetAsync("k"))).ShouldBe((404, "NoSuchKey"));
        (await bucket.KeysAsync()).ShouldBeEmpty();
        (await TextAsync(bucket, "k", put.VersionId)).ShouldBe("one");
        (await ListAsync(bucket)).ShouldBe([("k", deletion.VersionId, true, true), ("k", put.VersionId, false, false)]);
        (await S3Bucket.ErrorOf(() => bucket.Client.DeleteBucketAsync(bucket.Name))).ShouldBe((409, "BucketNotEmpty"));

        var undone = await DeleteAsync(bucket, "k", deletion.VersionId);
        (undone.DeleteMarker, undone.VersionId).ShouldBe(("true", deletion.VersionId));
        (await bucket.GetTextAsync("k")).ShouldBe("one");
        (await DeleteAsync(bucket, "k", put.VersionId)).DeleteMarker.ShouldBeNull();
        await bucket.Client.DeleteBucketAsync(bucket.Name);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_delete_marker_says_so_in_the_error(string method)
    {
        using var bucket = await VersionedAsync();
        var marker = (await bucket.Client.DeleteObjectAsync(bucket.Name, "k")).VersionId;
        var answers = new List<HttpResponseMessage>();
        var requests = new SignedRequests(cloud.Host) { Service = "s3", Answered = answers.Add };
        await requests.SendAsync(method, $"/{bucket.Name}/k");
        await requests.SendAsync(method, $"/{bucket.Name}/k?versionId={marker}");
        answers.Select(answer => (int)answer.StatusCode).ShouldBe([404, 405]);
        foreach (var answer in answers)
        {
            answer.Headers.GetValues("x-amz-delete-marker").ShouldBe(["true"]);
            answer.Headers.GetValues("x-amz-version-id").ShouldBe([marker]);
        }
    }

    [Fact]
    public async Task A_suspended_bucket_keeps_its_versions_and_replaces_only_the_null_version()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "before");
        await SetAsync(bucket, VersionStatus.Enabled);
        var kept = await bucket.PutAsync("k", "kept");
        await SetAsync(bucket, VersionStatus.Suspended);
        (await TextAsync(bucket, "k", "null")).ShouldBe("before");
        (await bucket.PutAsync("k", "after")).VersionId.ShouldBeNull();
        (await ListAsync(bucket)).ShouldBe([("k", "null", true, false), ("k", kept.VersionId, false, false)]);
        (await TextAsync(bucket, "k", "null")).ShouldBe("after");
        (await bucket.Client.DeleteObjectAsync(bucket.Name, "k")).VersionId.ShouldBe("null");
        (await ListAsync(bucket)).ShouldBe([("k", "null", true, true), ("k", kept.VersionId, false, false)]);
        await DeleteAsync(bucket, "k", "null");
        (await bucket.GetTextAsync("k")).ShouldBe("kept");
    }

    [Fact]
    public async Task Several_are_deleted_at_once_by_version_or_with_markers()
    {
        using var bucket = await VersionedAsync();
        var first = await bucket.PutAsync("a", "1");
        await bucket.PutAsync("a", "2");
        await bucket.PutAsync("b", "3");
        var answer = await bucket.Client.DeleteObjectsAsync(
            new DeleteObjectsRequest
            {
                BucketName = bucket.Name,
                Objects = [new() { Key = "a", VersionId = first.VersionId }, new() { Key = "b" }],
            }
        );
        answer.DeletedObjects.Count.ShouldBe(2);
        var byVersion = answer.DeletedObjects.Single(entry => entry.Key == "a");
        (byVersion.VersionId, byVersion.DeleteMarker ?? false).ShouldBe((first.VersionId, false));
        var marked = answer.DeletedObjects.Single(entry => entry.Key == "b");
        (marked.VersionId, marked.DeleteMarker).ShouldBe((null, true));
        (await ListAsync(bucket)).ShouldContain(("b", marked.DeleteMarkerVersionId, true, true));
        (await bucket.KeysAsync()).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Tags_belong_to_a_version()
    {
        using var bucket = await VersionedAsync();
        var first = await bucket.PutAsync("k", "one");
        await bucket.PutAsync("k", "two");
        await bucket.Client.PutObjectTaggingAsync(
            new PutObjectTaggingRequest
            {
                BucketName = bucket.Name,
                Key = "k",
                VersionId = first.VersionId,
                Tagging = new Tagging { TagSet = [new Tag { Key = "a", Value = "1" }] },
            }
        );
        var request = new GetObjectTaggingRequest { BucketName = bucket.Name, Key = "k" };
        ((await bucket.Client.GetObjectTaggingAsync(request)).Tagging ?? []).ShouldBeEmpty();
        request.VersionId = first.VersionId;
        (await bucket.Client.GetObjectTaggingAsync(request)).Tagging.ShouldHaveSingleItem().Value.ShouldBe("1");
    }

    [Fact]
    public async Task A_copy_and_an_upload_in_parts_are_versions_too()
    {
        using var bucket = await VersionedAsync();
        var put = await bucket.PutAsync("k", "one");
        await bucket.PutAsync("k", "two");
        var copy = await bucket.Client.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = bucket.Name,
                SourceKey = "k",
                SourceVersionId = put.VersionId,
                DestinationBucket = bucket.Name,
                DestinationKey = "copy",
            }
        );
        (copy.SourceVersionId, copy.VersionId.Length).ShouldBe((put.VersionId, 32));
        (await bucket.GetTextAsync("copy")).ShouldBe("one");

        var upload = await bucket.Client.InitiateMultipartUploadAsync(bucket.Name, "copy");
        var part = await bucket.Client.CopyPartAsync(
            new CopyPartRequest
            {
                SourceBucket = bucket.Name,
                SourceKey = "k",
                SourceVersionId = put.VersionId,
                DestinationBucket = bucket.Name,
                DestinationKey = "copy",
                UploadId = upload.UploadId,
                PartNumber = 1,
            }
        );
        part.CopySourceVersionId.ShouldBe(put.VersionId);
        var complete = new CompleteMultipartUploadRequest
        {
            BucketName = bucket.Name,
            Key = "copy",
            UploadId = upload.UploadId,
            PartETags = [new PartETag(1, part.ETag)],
        };
        var whole = await bucket.Client.CompleteMultipartUploadAsync(complete);
        (await ListAsync(bucket, "copy"))
            .Select(version => version.Version)
            .ShouldBe([whole.VersionId, copy.VersionId]);
    }

    [Fact]
    public async Task A_condition_asks_about_the_latest_version()
    {
        using var bucket = await VersionedAsync();
        await bucket.PutAsync("k", "one");
        Task PutIfNew() => bucket.PutAsync("k", "two", request => request.IfNoneMatch = "*");
        (await S3Bucket.ErrorOf(PutIfNew)).ShouldBe((412, "PreconditionFailed"));
        await bucket.Client.DeleteObjectAsync(bucket.Name, "k");
        await PutIfNew();
        (await ListAsync(bucket)).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("GET", "/k?versionId=other", 400, "InvalidArgument")]
    [InlineData("GET", "/k?versionId=ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", 404, "NoSuchVersion")]
    [InlineData("GET", "/k?tagging&versionId=ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", 404, "NoSuchVersion")]
    [InlineData("PUT", "?versioning", 400, "MissingRequestBodyError")]
    public async Task A_request_that_names_no_version_is_refused(string method, string target, int code, string error)
    {
        using var bucket = await VersionedAsync();
        await bucket.PutAsync("k", "one");
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync(method, $"/{bucket.Name}{target}");
        ((int)status).ShouldBe(code);
        body.ShouldContain($"<Code>{error}</Code>");
    }

    [Theory]
    [InlineData("<Status>On</Status>", 400, "MalformedXML")]
    [InlineData("", 400, "IllegalVersioningConfigurationException")]
    [InlineData("<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>", 501, "NotImplemented")]
    public async Task A_configuration_that_cannot_be_had_changes_nothing(string content, int code, string error)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync(
            "PUT",
            $"/{bucket.Name}?versioning",
            $"<VersioningConfiguration>{content}</VersioningConfiguration>"
        );
        ((int)status).ShouldBe(code);
        body.ShouldContain($"<Code>{error}</Code>");
        var state = await bucket.Client.GetBucketVersioningAsync(bucket.Name);
        state.VersioningConfig.Status.ShouldBe(VersionStatus.Off);
    }

    private Task<S3Bucket> VersionedAsync() => VersionCalls.VersionedAsync(cloud);
}
