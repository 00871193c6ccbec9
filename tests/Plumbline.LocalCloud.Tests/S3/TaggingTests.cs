using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class TaggingTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_bucket_keeps_its_tags_until_they_are_deleted()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        (await S3Bucket.ErrorOf(() => OfBucketAsync(bucket))).ShouldBe((404, "NoSuchTagSet"));
        await bucket.Client.PutBucketTaggingAsync(bucket.Name, Tags(("team", "blue"), ("cost centre", "7")));
        (await OfBucketAsync(bucket)).ShouldBe(["team=blue", "cost centre=7"]);
        await bucket.Client.DeleteBucketTaggingAsync(bucket.Name);
        (await S3Bucket.ErrorOf(() => OfBucketAsync(bucket))).ShouldBe((404, "NoSuchTagSet"));
        (await S3Bucket.ErrorOf(() => bucket.Client.PutBucketTaggingAsync("no-such-bucket-here", Tags()))).ShouldBe(
            (404, "NoSuchBucket")
        );
    }

    [Fact]
    public async Task An_object_keeps_its_tags_and_says_how_many()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v", request => request.TagSet = Tags(("a", "1"), ("b +", "ü:=2")));
        (await OfObjectAsync(bucket, "k")).ShouldBe(["a=1", "b +=ü:=2"]);
        var before = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k");
        using (var got = await bucket.Client.GetObjectAsync(bucket.Name, "k"))
        {
            got.TagCount.ShouldBe(2);
        }

        await SetAsync(bucket, "k", ("c", ""));
        (await OfObjectAsync(bucket, "k")).ShouldBe(["c="]);
        await bucket.Client.DeleteObjectTaggingAsync(new() { BucketName = bucket.Name, Key = "k" });
        (await OfObjectAsync(bucket, "k")).ShouldBeEmpty();
        var after = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k");
        (after.LastModified, after.ETag).ShouldBe((before.LastModified, before.ETag));
        (await S3Bucket.ErrorOf(() => SetAsync(bucket, "none", ("a", "1")))).ShouldBe((404, "NoSuchKey"));
    }

    [Fact]
    public async Task A_copy_has_its_sources_tags_unless_they_are_replaced()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v", request => request.TagSet = Tags(("a", "1")));
        var request = new CopyObjectRequest
        {
            SourceBucket = bucket.Name,
            SourceKey = "k",
            DestinationBucket = bucket.Name,
            DestinationKey = "kept",
        };
        await bucket.Client.CopyObjectAsync(request);
        (await OfObjectAsync(bucket, "kept")).ShouldBe(["a=1"]);
        (request.DestinationKey, request.TagSet) = ("replaced", Tags(("b", "2")));
        request.TaggingDirective = TaggingDirective.REPLACE;
        await bucket.Client.CopyObjectAsync(request);
        (await OfObjectAsync(bucket, "replaced")).ShouldBe(["b=2"]);
    }

    [Fact]
    public async Task An_upload_in_parts_brings_its_tags()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var upload = new Uploads(bucket, "k");
        await upload.BeginAsync(request => request.TagSet = Tags(("a", "1")));
        await upload.CompleteAsync([1]);
        (await OfObjectAsync(bucket, "k")).ShouldBe(["a=1"]);
    }

    public static TheoryData<string, string, string, string> Refused =>
        new()
        {
            { "aws:x", "1", "InvalidTag", "cannot be prefixed with aws:" },
            { "k<", "1", "InvalidTag", "TagKey you have provided is invalid" },
            { new string('k', 129), "1", "InvalidTag", "TagKey you have provided is invalid" },
            { "k", "a*b", "InvalidTag", "TagValue you have provided is invalid" },
            { "k", new string('v', 257), "InvalidTag", "TagValue you have provided is invalid" },
            { "twice", "1", "InvalidTag", "Cannot provide multiple Tags with the same key" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_tag_against_the_rules_is_refused_in_s3s_words(
        string key,
        string value,
        string code,
        string words
    )
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v");
        var error = await Should.ThrowAsync<AmazonS3Exception>(() =>
            SetAsync(bucket, "k", ("twice", "0"), (key, value))
        );
        ((int)error.StatusCode, error.ErrorCode).ShouldBe((400, code));
        error.Message.ShouldContain(words);
        (await OfObjectAsync(bucket, "k")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_has_ten_tags_and_a_bucket_fifty_at_most()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var tags = Enumerable.Range(0, 51).Select(number => ($"k{number}", "v")).ToArray();
        await bucket.PutAsync("k", "v", request => request.TagSet = Tags(tags[..10]));
        (await S3Bucket.ErrorOf(() => SetAsync(bucket, "k", tags[..11]))).ShouldBe((400, "BadRequest"));
        (
            await S3Bucket.ErrorOf(() => bucket.PutAsync("l", "v", request => request.TagSet = Tags(tags[..11])))
        ).ShouldBe((400, "BadRequest"));
        await bucket.Client.PutBucketTaggingAsync(bucket.Name, Tags(tags[..50]));
        (await S3Bucket.ErrorOf(() => bucket.Client.PutBucketTaggingAsync(bucket.Name, Tags(tags)))).ShouldBe(
            (400, "BadRequest")
        );
        (await bucket.KeysAsync()).ShouldBe(["k"]);
    }

    [Fact]
    public async Task A_header_that_names_a_tag_twice_is_refused()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (_, body) = await requests.SendAsync(
            "PUT",
            $"/{bucket.Name}/k",
            "v",
            new() { ["x-amz-tagging"] = "a=1&a=2" }
        );
        body.ShouldContain("<Code>InvalidArgument</Code>");
        body.ShouldContain("<ArgumentName>x-amz-tagging</ArgumentName>");
    }

    private static List<Tag> Tags(params (string Key, string Value)[] tags) =>
        [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private static Task SetAsync(S3Bucket bucket, string key, params (string, string)[] tags) =>
        bucket.Client.PutObjectTaggingAsync(
            new PutObjectTaggingRequest
            {
                BucketName = bucket.Name,
                Key = key,
                Tagging = new Tagging { TagSet = Tags(tags) },
            }
        );

    private static async Task<List<string>> OfObjectAsync(S3Bucket bucket, string key)
    {
        var request = new GetObjectTaggingRequest { BucketName = bucket.Name, Key = key };
        var answer = await bucket.Client.GetObjectTaggingAsync(request);
        return [.. (answer.Tagging ?? []).Select(tag => $"{tag.Key}={tag.Value}")];
    }

    private static async Task<List<string>> OfBucketAsync(S3Bucket bucket)
    {
        var answer = await bucket.Client.GetBucketTaggingAsync(new() { BucketName = bucket.Name });
        return [.. answer.TagSet.Select(tag => $"{tag.Key}={tag.Value}")];
    }
}
