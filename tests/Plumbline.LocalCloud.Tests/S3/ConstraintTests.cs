using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>S3 refuses invalid values with its own errors, never with those of the JSON services.</summary>
public sealed class ConstraintTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string DeleteNothing = "<Delete><Object></Object></Delete>";

    [Theory]
    [InlineData("PUT", "/k", "x-amz-storage-class", "NOPE", "InvalidStorageClass")]
    [InlineData("PUT", "/k", "x-amz-server-side-encryption", "rot13", "InvalidArgument")]
    [InlineData("PUT", "/k", "x-amz-acl", "everybody", "InvalidArgument")]
    [InlineData("PUT", "/k", "x-amz-sdk-checksum-algorithm", "CRC33", "InvalidRequest")]
    [InlineData("POST", "/k?uploads", "x-amz-checksum-algorithm", "CRC33", "InvalidRequest")]
    [InlineData("POST", "/k?uploads", "x-amz-checksum-type", "HALF", "InvalidRequest")]
    [InlineData("PUT", "/copy", "x-amz-metadata-directive", "MOVE", "InvalidArgument")]
    [InlineData("GET", "/source?attributes", "", "", "InvalidRequest")]
    [InlineData("GET", "/source?attributes", "x-amz-object-attributes", "ETag,Colour", "InvalidArgument")]
    [InlineData("GET", "?list-type=2&encoding-type=rot13", "", "", "InvalidArgument")]
    public async Task A_value_that_S3_does_not_know(
        string method,
        string target,
        string header,
        string value,
        string code
    )
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("source", "x");
        var headers = new Dictionary<string, string>();
        if (header.Length > 0)
        {
            headers[header] = value;
        }

        if (target == "/copy")
        {
            headers["x-amz-copy-source"] = $"{bucket.Name}/source";
        }

        await RefusedAsync(method, $"/{bucket.Name}{target}", "", headers, code);
        (await bucket.KeysAsync()).ShouldBe(["source"]);
    }

    [Theory]
    [InlineData("", "MissingRequestBodyError")]
    [InlineData(DeleteNothing, "MalformedXML")]
    public async Task A_body_that_S3_does_not_know(string body, string code)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await RefusedAsync("POST", $"/{bucket.Name}?delete", body, [], code);
    }

    [Theory]
    [InlineData("us-east-1", "InvalidLocationConstraint", "is not valid")]
    [InlineData("mars", "InvalidLocationConstraint", "is not valid")]
    [InlineData("eu-west-1", "IllegalLocationConstraintException", "this local cloud is us-east-1")]
    public async Task A_bucket_of_another_region(string region, string code, string reason)
    {
        var body = await RefusedAsync(
            "PUT",
            "/elsewhere-1",
            $"<CreateBucketConfiguration><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>",
            [],
            code
        );
        body.ShouldContain(reason);
    }

    [Theory]
    [InlineData("ENABLED", true)]
    [InlineData("enabled", true)]
    [InlineData("Enabled", true)]
    [InlineData("no", false)]
    public async Task The_mode_of_checksums_is_read_in_any_case(string mode, bool expected)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "x", put => put.ChecksumAlgorithm = Amazon.S3.ChecksumAlgorithm.SHA256);
        var found = new List<bool>();
        var requests = new SignedRequests(cloud.Host)
        {
            Service = "s3",
            Answered = answer => found.Add(answer.Headers.Contains("x-amz-checksum-sha256")),
        };
        await requests.SendAsync("GET", $"/{bucket.Name}/k", headers: new() { ["x-amz-checksum-mode"] = mode });
        found.ShouldBe([expected]);
    }

    [Fact]
    public async Task Every_answer_carries_both_of_S3s_ids()
    {
        var ids = new List<(string First, string Second)>();
        var requests = new SignedRequests(cloud.Host)
        {
            Service = "s3",
            Answered = answer =>
                ids.Add(
                    (
                        answer.Headers.GetValues("x-amz-request-id").Single(),
                        answer.Headers.GetValues("x-amz-id-2").Single()
                    )
                ),
        };
        await requests.SendAsync("GET", "/");
        var (_, body) = await requests.SendAsync("GET", "/no-such-bucket");
        ids.Count.ShouldBe(2);
        body.ShouldContain($"<RequestId>{ids[1].First}</RequestId><HostId>{ids[1].Second}</HostId>");
    }

    private async Task<string> RefusedAsync(
        string method,
        string target,
        string body,
        Dictionary<string, string> headers,
        string code
    )
    {
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, answer) = await requests.SendAsync(method, target, body, headers);
        ((int)status).ShouldBe(400, answer);
        answer.ShouldContain($"<Code>{code}</Code>");
        answer.ShouldNotContain("validation error");
        return answer;
    }
}
