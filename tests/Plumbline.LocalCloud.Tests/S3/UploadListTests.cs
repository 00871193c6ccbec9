using Amazon.S3.Model;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class UploadListTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_delimiter_groups_uploads()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await BeginAsync(bucket, "a", "p/1", "p/2", "q/x/1", "q/y");
        var all = await ListAsync(bucket, delimiter: "");
        all.Uploads.ShouldBe(["a", "p/1", "p/2", "q/x/1", "q/y"]);
        var grouped = await ListAsync(bucket, "/");
        grouped.Uploads.ShouldBe(["a"]);
        grouped.Groups.ShouldBe(["p/", "q/"]);
        var inside = await ListAsync(bucket, "/", "q/");
        inside.Uploads.ShouldBe(["q/y"]);
        inside.Groups.ShouldBe(["q/x/"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Pages_of_uploads_join_to_the_whole_in_the_order_of_their_beginning(int size)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var ids = await BeginAsync(bucket, "a", "g/1", "g/2", "k", "k", "k");
        var (seen, groups) = (new List<string>(), new List<string>());
        var request = new ListMultipartUploadsRequest
        {
            BucketName = bucket.Name,
            Delimiter = "/",
            MaxUploads = size,
        };
        ListMultipartUploadsResponse answer;
        do
        {
            answer = await bucket.Client.ListMultipartUploadsAsync(request);
            seen.AddRange((answer.MultipartUploads ?? []).Select(upload => upload.UploadId));
            groups.AddRange(answer.CommonPrefixes ?? []);
            (request.KeyMarker, request.UploadIdMarker) = (answer.NextKeyMarker, answer.NextUploadIdMarker);
        } while (answer.IsTruncated == true);

        seen.ShouldBe([ids[0], ids[3], ids[4], ids[5]]);
        groups.ShouldBe(["g/"]);
    }

    [Fact]
    public async Task Markers_are_there_also_where_they_are_empty()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (_, body) = await requests.SendAsync("GET", $"/{bucket.Name}?uploads&upload-id-marker=alone");
        foreach (var name in new[] { "KeyMarker", "UploadIdMarker", "NextKeyMarker", "NextUploadIdMarker" })
        {
            body.ShouldContain($"<{name}></{name}>");
        }
    }

    private static async Task<List<string>> BeginAsync(S3Bucket bucket, params string[] keys)
    {
        var ids = new List<string>();
        foreach (var key in keys)
        {
            var upload = new Uploads(bucket, key);
            await upload.BeginAsync();
            ids.Add(upload.Id);
        }

        return ids;
    }

    private static async Task<(List<string> Uploads, List<string> Groups)> ListAsync(
        S3Bucket bucket,
        string delimiter,
        string prefix = ""
    )
    {
        var answer = await bucket.Client.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest
            {
                BucketName = bucket.Name,
                Delimiter = delimiter,
                Prefix = prefix,
            }
        );
        return ([.. (answer.MultipartUploads ?? []).Select(upload => upload.Key)], answer.CommonPrefixes ?? []);
    }
}
