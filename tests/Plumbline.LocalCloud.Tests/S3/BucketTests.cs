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

    [Fact]
    public async Task Pages_of_buckets_go_on_from_a_token_that_is_not_a_name()
    {
        using var first = await S3Bucket.CreateAsync(cloud);
        using var second = await S3Bucket.CreateAsync(cloud);
        var seen = new List<string>();
        var request = new ListBucketsRequest { MaxBuckets = 1 };
        do
        {
            var answer = await first.Client.ListBucketsAsync(request);
            seen.AddRange(answer.Buckets.Select(entry => entry.BucketName));
            request.ContinuationToken = answer.ContinuationToken;
            seen.ShouldNotContain(request.ContinuationToken);
        } while (request.ContinuationToken is not null);

        seen.ShouldBe(await Names(first));
        seen.ShouldContain(second.Name);
        (
            await S3Bucket.ErrorOf(() =>
                first.Client.ListBucketsAsync(new ListBucketsRequest { ContinuationToken = "!" })
            )
        ).ShouldBe((400, "InvalidArgument"));
    }

    [Fact]
    public async Task Answers_are_written_as_S3_writes_them()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v");
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        const string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        (await requests.SendAsync("GET", $"/{bucket.Name}?location")).Body.ShouldBe(
            declaration + "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>"
        );
        var buckets = (await requests.SendAsync("GET", "/")).Body;
        buckets.ShouldStartWith(declaration + "<ListAllMyBucketsResult ");
        buckets.ShouldMatch(@"<CreationDate>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z</CreationDate>");
        var objects = (await requests.SendAsync("GET", $"/{bucket.Name}?list-type=2")).Body;
        objects.ShouldMatch(@"<LastModified>[-0-9T:]+\.000Z</LastModified>");
        (await requests.SendAsync("GET", $"/{bucket.Name}/none")).Body.ShouldStartWith(declaration + "<Error>");
    }

    private static async Task<IEnumerable<string>> Names(S3Bucket bucket) =>
        ((await bucket.Client.ListBucketsAsync()).Buckets ?? []).Select(entry => entry.BucketName);
}
