using System.Net;
using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class BucketTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_bucket_is_listed_until_it_is_deleted()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        (await Names(bucket)).ShouldContain(bucket.Name);
        (await bucket.Client.GetBucketLocationAsync(bucket.Name)).Location.Value.ShouldBe("");
        await bucket.Client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket.Name });
        await bucket.Client.DeleteBucketAsync(bucket.Name);
        (await Names(bucket)).ShouldNotContain(bucket.Name);
        (
            await S3Bucket.ErrorOf(() =>
                bucket.Client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket.Name })
            )
        ).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Making_a_bucket_again_changes_nothing()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v");
        await bucket.Client.PutBucketAsync(bucket.Name);
        (await bucket.GetTextAsync("k")).ShouldBe("v");
    }

    [Fact]
    public async Task A_bucket_with_objects_stays()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v");
        (await S3Bucket.ErrorOf(() => bucket.Client.DeleteBucketAsync(bucket.Name))).ShouldBe((409, "BucketNotEmpty"));
        (await bucket.GetTextAsync("k")).ShouldBe("v");
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper-case")]
    [InlineData("under_score")]
    [InlineData("-dash")]
    [InlineData("dots..dots")]
    [InlineData("192.168.0.1")]
    [InlineData("xn--bucket")]
    [InlineData("bucket-s3alias")]
    public async Task A_name_against_the_rules_is_refused(string name)
    {
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync("PUT", $"/{name}");
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain("<Code>InvalidBucketName</Code>");
    }

    [Fact]
    public async Task Another_region_is_refused()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var request = new PutBucketRequest { BucketName = bucket.Name + "2", BucketRegionName = "eu-west-1" };
        (await S3Bucket.ErrorOf(() => bucket.Client.PutBucketAsync(request))).ShouldBe(
            (400, "IllegalLocationConstraintException")
        );
    }

    private static async Task<IEnumerable<string>> Names(S3Bucket bucket) =>
        ((await bucket.Client.ListBucketsAsync()).Buckets ?? []).Select(entry => entry.BucketName);
}
