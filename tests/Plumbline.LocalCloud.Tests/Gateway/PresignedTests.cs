using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Tests.S3;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>Presigned S3 addresses of both signature versions, and the headers that signers move into them.</summary>
public sealed class PresignedTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Objects_are_put_read_and_deleted_by_address(int version)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var path = $"/{bucket.Name}/a%2Bb%20c/%C3%A9";
        (await SendAsync("PUT", Sign(version, "PUT", path), "text")).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync("HEAD", Sign(version, "HEAD", path))).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync("GET", Sign(version, "GET", path))).ShouldBe((HttpStatusCode.OK, "text"));
        (await SendAsync("GET", Sign(version, "GET", $"/{bucket.Name}?list-type=2"))).Body.ShouldContain(
            "<Key>a+b c/é</Key>"
        );
        (await SendAsync("POST", Sign(version, "POST", $"{path}?uploads"))).Body.ShouldContain("<UploadId>");
        (await SendAsync("DELETE", Sign(version, "DELETE", path))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await bucket.KeysAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task An_address_says_how_its_object_is_given_out(int version)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "text");
        var types = new List<string?>();
        var requests = new SignedRequests(cloud.Host)
        {
            Answered = answer => types.Add(answer.Content.Headers.ContentType?.ToString()),
        };
        var target = Sign(version, "GET", $"/{bucket.Name}/k?response-content-type=text%2Fx-odd%3B%20a%3Db");
        await requests.SendAsync(requests.Wire("GET", target, "", null), target, []);
        types.ShouldBe(["text/x-odd; a=b"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Headers_in_the_address_count_as_if_they_had_been_sent(int version)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var target = Sign(
            version,
            "PUT",
            $"/{bucket.Name}/k?x-amz-meta-color=light%20blue&X-Amz-Storage-Class=STANDARD_IA&If-None-Match=%2A"
                + "&Cache-Control=no-store&x-amz-server-side-encryption=AES256"
        );
        (await SendAsync("PUT", target, "x")).Status.ShouldBe(HttpStatusCode.OK);
        var kept = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k");
        kept.Metadata["color"].ShouldBe("light blue");
        kept.StorageClass.Value.ShouldBe("STANDARD_IA");
        kept.Headers.CacheControl.ShouldBe("no-store");
        var (status, body) = await SendAsync("PUT", target, "x");
        ((int)status).ShouldBe(412, body);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_header_that_nobody_signed_does_not_replace_the_addresss(int version)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var target = Sign(version, "PUT", $"/{bucket.Name}/k?Content-Type=image%2Fpng&x-amz-meta-sum=a%2Bb");
        using var client = new HttpClient();
        using var body = new StringContent("x", Encoding.UTF8, "text/html");
        // A plus is signed as a plus, and must stay one.
        var address = new Uri(cloud.Host.Endpoint, target.Replace("a%2Bb", "a+b", StringComparison.Ordinal));
        using var answer = await client.PutAsync(address, body);
        if (answer.IsSuccessStatusCode)
        {
            var kept = await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k");
            kept.Headers.ContentType.ShouldBe("image/png");
            kept.Metadata["sum"].ShouldBe("a+b");
        }
        else
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_checksum_in_the_address_holds_for_the_body()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var sum = Uri.EscapeDataString(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("right"u8)));
        var target = Sign(4, "PUT", $"/{bucket.Name}/k?x-amz-checksum-sha256={sum}");
        (await SendAsync("PUT", target, "wrong")).Body.ShouldContain("<Code>BadDigest</Code>");
        (await bucket.KeysAsync()).ShouldBeEmpty();
        (await SendAsync("PUT", target, "right")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_copys_source_may_be_in_the_address()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "text");
        var target = Sign(
            4,
            "PUT",
            $"/{bucket.Name}/copy?x-amz-copy-source={bucket.Name}%2Fk&x-amz-metadata-directive=COPY"
        );
        (await SendAsync("PUT", target)).Body.ShouldContain("<CopyObjectResult");
        (await bucket.GetTextAsync("copy")).ShouldBe("text");
    }

    [Fact]
    public async Task A_header_in_the_address_of_a_request_that_is_signed_elsewhere_does_not_count()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        await requests.SendAsync("PUT", $"/{bucket.Name}/k?x-amz-meta-color=blue", "x");
        (await bucket.Client.GetObjectMetadataAsync(bucket.Name, "k")).Metadata.Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_has_run_out_says_since_when()
    {
        var old = Sign(2, "GET", "/b/k", DateTimeOffset.UtcNow.AddMinutes(-1));
        await ShouldBeAsync(old, 403, "AccessDenied", "Request has expired", "Expires", "ServerTime");
        var requests = new SignedRequests(cloud.Host) { Service = "s3", Time = DateTimeOffset.UtcNow.AddHours(-1) };
        await ShouldBeAsync(
            requests.Presign("GET", "/b/k", TimeSpan.FromMinutes(1)),
            403,
            "AccessDenied",
            "<X-Amz-Expires>60</X-Amz-Expires>",
            "Expires",
            "ServerTime"
        );
    }

    [Theory]
    [InlineData("AWSAccessKeyId=A&Signature=S", "AccessDenied", "requires the Signature, Expires and AWSAccessKeyId")]
    [InlineData(
        "AWSAccessKeyId=A&Signature=S&Expires=soon",
        "AccessDenied",
        "Invalid date (should be seconds since epoch)"
    )]
    [InlineData(
        "AWSAccessKeyId=A&Signature=S&Expires=9999999999",
        "InvalidAccessKeyId",
        "<AWSAccessKeyId>A</AWSAccessKeyId>"
    )]
    [InlineData(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256",
        "AuthorizationQueryParametersError",
        "requires the X-Amz-Algorithm"
    )]
    public async Task A_query_that_is_no_signature_is_refused_with_the_reason(
        string query,
        string code,
        string reason
    ) =>
        (await SendAsync("GET", $"/b/k?{query}")).Body.ShouldSatisfyAllConditions(
            body => body.ShouldContain($"<Code>{code}</Code>"),
            body => body.ShouldContain(reason)
        );

    [Theory]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=604801", "must be less than a week")]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=-1", "must be non-negative")]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=x", "should be a number")]
    [InlineData("%2Faws4_request", "", "the Credential is mal-formed")]
    [InlineData("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1", "X-Amz-Algorithm only supports")]
    public async Task A_part_of_an_address_that_is_wrong_is_named(string part, string changed, string reason) =>
        await ShouldBeAsync(
            Sign(4, "GET", "/b/k").Replace(part, changed, StringComparison.Ordinal),
            400,
            "AuthorizationQueryParametersError",
            reason
        );

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_wrong_signature_says_what_was_to_be_signed(int version)
    {
        var target = Sign(version, "GET", "/b/k").Replace("/k?", "/l?", StringComparison.Ordinal);
        await ShouldBeAsync(
            target,
            403,
            "SignatureDoesNotMatch",
            [
                "<AWSAccessKeyId>" + cloud.Host.Keys.AccessKeyId,
                version == 2 ? "/b/l</StringToSign>" : "<StringToSign>AWS4-HMAC-SHA256",
                "SignatureProvided",
                "<StringToSignBytes>" + (version == 2 ? "47 45 54 0a" : "41 57 53 34"),
                .. version == 2
                    ? []
                    : (string[])["<CanonicalRequest>GET\n/b/l\n", "<CanonicalRequestBytes>47 45 54 0a"],
            ]
        );
    }

    [Fact]
    public async Task Temporary_keys_sign_addresses_with_their_token()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "text");
        var store = cloud.Host.Services.GetRequiredService<CredentialStore>();
        var keys = SignedRequests.Of(await store.IssueAsync("arn:aws:iam::000000000000:role/r", "s", Hour));
        var path = $"/{bucket.Name}/k?x-amz-security-token={Uri.EscapeDataString(keys.SessionToken!)}";
        (await SendAsync("GET", SignVersion2("GET", path, DateTimeOffset.UtcNow + Hour, keys))).Body.ShouldBe("text");
        (
            await SendAsync("GET", SignVersion2("GET", $"/{bucket.Name}/k", DateTimeOffset.UtcNow + Hour, keys))
        ).Body.ShouldContain("<Code>InvalidToken</Code>");
    }

    [Fact]
    public async Task Two_signatures_in_one_request_are_refused()
    {
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        foreach (var target in (string[])[Sign(2, "GET", "/b/k"), Sign(4, "GET", "/b/k")])
        {
            (await requests.SendAsync("GET", target)).Body.ShouldContain("Only one auth mechanism allowed");
        }
    }

    [Fact]
    public async Task Headers_that_are_not_signed_are_named()
    {
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var target = Sign(4, "GET", "/b/k");
        var wire = requests.Wire("GET", target, "", new() { ["x-amz-acl"] = "private" });
        (await requests.SendAsync(wire, target, [])).Body.ShouldContain(
            "<HeadersNotSigned>x-amz-acl</HeadersNotSigned>"
        );
    }

    private async Task ShouldBeAsync(string target, int status, string code, params string[] parts)
    {
        var answer = await SendAsync("GET", target);
        ((int)answer.Status).ShouldBe(status, answer.Body);
        answer.Body.ShouldContain($"<Code>{code}</Code>");
        foreach (var part in parts.Append("<HostId>"))
        {
            answer.Body.ShouldContain(part.Contains('<') || part.Contains(' ') ? part : $"<{part}>");
        }
    }

    private string Sign(int version, string method, string target, DateTimeOffset? end = null) =>
        version == 2
            ? SignVersion2(method, target, end ?? DateTimeOffset.UtcNow + Hour, SignedRequests.Of(cloud.Host.Keys))
            : new SignedRequests(cloud.Host) { Service = "s3" }.Presign(method, target, Hour);

    private string SignVersion2(string method, string target, DateTimeOffset end, SigningCredentials keys)
    {
        var expires = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var wire = new SignedRequests(cloud.Host).Wire(method, target, "", null);
        var text = new SigV2Presigned(keys.AccessKeyId, "", expires, null).StringToSign(wire);
        var signature = Uri.EscapeDataString(SigV2Presigned.Sign(keys, text));
        return $"{target}{(wire.Query.Length == 0 ? "?" : "&")}AWSAccessKeyId={keys.AccessKeyId}&Expires={expires}&Signature={signature}";
    }

    private Task<(HttpStatusCode Status, string Body)> SendAsync(string method, string target, string body = "")
    {
        var requests = new SignedRequests(cloud.Host);
        return requests.SendAsync(requests.Wire(method, target, "", null), target, Encoding.UTF8.GetBytes(body));
    }
}
