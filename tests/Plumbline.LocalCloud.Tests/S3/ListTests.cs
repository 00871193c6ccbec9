using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class ListTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task Keys_are_listed_in_the_order_of_their_utf8_bytes()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        string[] sorted = ["A", "a", "a b", "a/b", "aa", "é", "～", "😀"];
        foreach (var key in sorted.Reverse())
        {
            await bucket.PutAsync(key, "");
        }

        (await bucket.KeysAsync()).ShouldBe(sorted);
        (await bucket.KeysAsync(request => request.Prefix = "a")).ShouldBe(["a", "a b", "a/b", "aa"]);
        (await bucket.KeysAsync(request => request.StartAfter = "a/b")).ShouldBe(["aa", "é", "～", "😀"]);
    }

    [Fact]
    public async Task A_delimiter_groups_what_follows_the_prefix()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        foreach (var key in new[] { "p/1", "p/x/1", "p/x/2", "p/y/1", "p/z", "q/1" })
        {
            await bucket.PutAsync(key, "");
        }

        var answer = await bucket.Client.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = bucket.Name,
                Prefix = "p/",
                Delimiter = "/",
            }
        );
        answer.S3Objects.Select(entry => entry.Key).ShouldBe(["p/1", "p/z"]);
        answer.CommonPrefixes.ShouldBe(["p/x/", "p/y/"]);
        answer.KeyCount.ShouldBe(4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Pages_join_to_the_whole(int size)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        foreach (var key in new[] { "a", "b/1", "b/2", "c", "d/1", "d/2/3", "e" })
        {
            await bucket.PutAsync(key, "");
        }

        var seen = new List<string>();
        var request = new ListObjectsV2Request
        {
            BucketName = bucket.Name,
            Delimiter = "/",
            MaxKeys = size,
        };
        ListObjectsV2Response answer;
        do
        {
            answer = await bucket.Client.ListObjectsV2Async(request);
            var page = (answer.S3Objects ?? []).Select(entry => entry.Key).Concat(answer.CommonPrefixes ?? []).ToList();
            page.Count.ShouldBeLessThanOrEqualTo(size);
            seen.AddRange(page);
            request.ContinuationToken = answer.NextContinuationToken;
        } while (answer.IsTruncated == true);

        seen.Order(StringComparer.Ordinal).ShouldBe(["a", "b/", "c", "d/", "e"]);
    }

    [Fact]
    public async Task The_elder_list_goes_on_from_its_next_marker()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        foreach (var key in new[] { "a", "b/1", "b/2", "c" })
        {
            await bucket.PutAsync(key, "");
        }

        var request = new ListObjectsRequest
        {
            BucketName = bucket.Name,
            Delimiter = "/",
            MaxKeys = 2,
        };
        var first = await bucket.Client.ListObjectsAsync(request);
        first.S3Objects.Select(entry => entry.Key).ShouldBe(["a"]);
        first.CommonPrefixes.ShouldBe(["b/"]);
        first.NextMarker.ShouldBe("b/");
        request.Marker = first.NextMarker;
        var second = await bucket.Client.ListObjectsAsync(request);
        second.S3Objects.Select(entry => entry.Key).ShouldBe(["c"]);
        second.IsTruncated.ShouldBe(false);
    }

    [Fact]
    public async Task A_large_group_is_stepped_over()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await Task.WhenAll(Enumerable.Range(0, 1001).Select(i => bucket.PutAsync($"big/{i:0000}", "")));
        await bucket.PutAsync("small", "");
        var answer = await bucket.Client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket.Name, Delimiter = "/" }
        );
        answer.CommonPrefixes.ShouldBe(["big/"]);
        answer.S3Objects.Select(entry => entry.Key).ShouldBe(["small"]);
        var all = await bucket.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket.Name });
        (all.S3Objects.Count, all.IsTruncated).ShouldBe((1000, true));
        var store = cloud.Host.Services.GetRequiredService<ObjectStore>();
        store
            .List(bucket.Name, "big/")
            .Select(stored => stored.Key)
            .ShouldBe(Enumerable.Range(0, 1001).Select(i => $"big/{i:0000}"));
    }

    [Fact]
    public async Task An_entry_says_what_a_head_says()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var put = await bucket.PutAsync("k", "value");
        var head = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k");
        var entry = (await bucket.Client.ListObjectsV2Async(new() { BucketName = bucket.Name })).S3Objects.Single();
        (entry.ETag, entry.Size, entry.StorageClass).ShouldBe((put.ETag, 5L, S3StorageClass.Standard));
        entry.LastModified.ShouldBe(head.LastModified);
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        (
            await S3Bucket.ErrorOf(() => bucket.KeysAsync(request => request.ContinuationToken = "not a token!"))
        ).ShouldBe((400, "InvalidArgument"));
    }

    [Theory]
    [InlineData("", "f/a", "g")]
    [InlineData("", "f/a/", "g")]
    [InlineData("", "f/", "g")]
    [InlineData("f/", "f/a/1", "f/b/")]
    [InlineData("f/", "f/a/", "f/b/")]
    [InlineData("", "e", "f/,g")]
    public async Task What_is_after_a_key_inside_a_group_is_behind_the_group(
        string prefix,
        string after,
        string expected
    )
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        foreach (var key in new[] { "f/a/1", "f/a/2", "f/b/1", "g" })
        {
            await bucket.PutAsync(key, "");
        }

        var second = await bucket.Client.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = bucket.Name,
                Prefix = prefix,
                Delimiter = "/",
                StartAfter = after,
            }
        );
        var first = await bucket.Client.ListObjectsAsync(
            new ListObjectsRequest
            {
                BucketName = bucket.Name,
                Prefix = prefix,
                Delimiter = "/",
                Marker = after,
            }
        );
        Names(second.CommonPrefixes, second.S3Objects).ShouldBe(expected);
        Names(first.CommonPrefixes, first.S3Objects).ShouldBe(expected);

        static string Names(List<string>? groups, List<S3Object>? objects) =>
            string.Join(',', (groups ?? []).Concat((objects ?? []).Select(entry => entry.Key)));
    }
}
