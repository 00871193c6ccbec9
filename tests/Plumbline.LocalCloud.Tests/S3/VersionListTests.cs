using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>
/// Lists of versions, which programs use to empty buckets. Without versioning each object has one version, <c>null</c>.
/// </summary>
public sealed class VersionListTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task Each_object_is_its_own_latest_version()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var put = await bucket.PutAsync("a b", "value");
        var answer = await bucket.Client.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket.Name });
        var version = answer.Versions.ShouldHaveSingleItem();
        (version.Key, version.VersionId, version.IsLatest, version.IsDeleteMarker ?? false).ShouldBe(
            ("a b", "null", true, false)
        );
        (version.ETag, version.Size, version.StorageClass).ShouldBe((put.ETag, 5L, S3StorageClass.Standard));
        (answer.IsTruncated, answer.Name).ShouldBe((false, bucket.Name));
        var state = await bucket.Client.GetBucketVersioningAsync(bucket.Name);
        state.VersioningConfig.Status.ShouldBe(VersionStatus.Off);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task A_bucket_is_emptied_by_its_list_of_versions(int size)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        foreach (var key in new[] { "a", "b/1", "b/2", "ü c" })
        {
            await bucket.PutAsync(key, "");
        }

        var request = new ListVersionsRequest { BucketName = bucket.Name, MaxKeys = size };
        ListVersionsResponse answer;
        do
        {
            answer = await bucket.Client.ListVersionsAsync(request);
            var deleted = await bucket.Client.DeleteObjectsAsync(
                new DeleteObjectsRequest
                {
                    BucketName = bucket.Name,
                    Objects = [.. answer.Versions.Select(version => Named(version))],
                }
            );
            deleted.DeletedObjects.ShouldAllBe(entry => entry.VersionId == "null");
            (request.KeyMarker, request.VersionIdMarker) = (answer.NextKeyMarker, answer.NextVersionIdMarker);
        } while (answer.IsTruncated == true);

        await bucket.Client.DeleteBucketAsync(bucket.Name);
    }

    [Fact]
    public async Task Versions_are_grouped_and_paged_as_keys_are()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        foreach (var key in new[] { "p/1", "p/x/1", "p/x/2", "p/z", "q" })
        {
            await bucket.PutAsync(key, "");
        }

        var request = new ListVersionsRequest
        {
            BucketName = bucket.Name,
            Prefix = "p/",
            Delimiter = "/",
            MaxKeys = 2,
        };
        var first = await bucket.Client.ListVersionsAsync(request);
        first.Versions.Select(version => version.Key).ShouldBe(["p/1"]);
        first.CommonPrefixes.ShouldBe(["p/x/"]);
        (first.NextKeyMarker, first.NextVersionIdMarker).ShouldBe(("p/x/", null));
        request.KeyMarker = first.NextKeyMarker;
        var second = await bucket.Client.ListVersionsAsync(request);
        second.Versions.Select(version => version.Key).ShouldBe(["p/z"]);
        (second.CommonPrefixes ?? []).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public async Task Versions_and_markers_are_paged_whether_or_not_they_are_deleted_meanwhile(int size, bool deletes)
    {
        using var bucket = await VersionCalls.VersionedAsync(cloud);
        foreach (var key in new[] { "a", "b", "a", "ü c", "a" })
        {
            await bucket.PutAsync(key, "");
        }

        await bucket.Client.DeleteObjectAsync(bucket.Name, "a");
        await VersionCalls.SetAsync(bucket, VersionStatus.Suspended);
        await bucket.PutAsync("a", "");
        var all = await VersionCalls.ListAsync(bucket);
        all.Count.ShouldBe(7);
        var seen = new List<string>();
        var request = new ListVersionsRequest { BucketName = bucket.Name, MaxKeys = size };
        ListVersionsResponse answer;
        do
        {
            answer = await bucket.Client.ListVersionsAsync(request);
            foreach (var version in answer.Versions)
            {
                seen.Add($"{version.Key} {version.VersionId}");
                if (deletes)
                {
                    await bucket.Client.DeleteObjectAsync(bucket.Name, version.Key, version.VersionId);
                }
            }

            (request.KeyMarker, request.VersionIdMarker) = (answer.NextKeyMarker, answer.NextVersionIdMarker);
        } while (answer.IsTruncated == true);

        seen.Order().ShouldBe(all.Select(version => $"{version.Key} {version.Version}").Order());
        (await VersionCalls.ListAsync(bucket)).Count.ShouldBe(deletes ? 0 : 7);
    }

    [Theory]
    [InlineData("version-id-marker=null")]
    [InlineData("key-marker=k&version-id-marker=")]
    [InlineData("key-marker=k&version-id-marker=other")]
    [InlineData("encoding-type=base64")]
    [InlineData("max-keys=-1")]
    public async Task A_request_that_means_nothing_is_refused(string query)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync("GET", $"/{bucket.Name}?versions&{query}");
        ((int)status).ShouldBe(400);
        body.ShouldContain("<Code>InvalidArgument</Code>");
    }

    private static KeyVersion Named(S3ObjectVersion version) =>
        new() { Key = version.Key, VersionId = version.VersionId };
}
