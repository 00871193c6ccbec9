using System.Net;
using System.Text;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>The ways in which S3's clients sign a body, each with a changed body.</summary>
public sealed class SignedBodyTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Text = "123456789";

    [Fact]
    public async Task A_body_other_than_the_one_signed_is_refused_and_not_kept()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var (status, body) = await Requests()
            .SendAsync("PUT", $"/{bucket.Name}/k", Text, sent: Encoding.ASCII.GetBytes("12345678X"));
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain("<Code>XAmzContentSHA256Mismatch</Code>");
        (await bucket.KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unsigned_body_is_taken()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await Requests().SendAsync("PUT", $"/{bucket.Name}/k", Text, payloadHash: PayloadHash.Unsigned);
        (await bucket.GetTextAsync("k")).ShouldBe(Text);
    }

    [Theory]
    [InlineData(PayloadHash.Streaming)]
    [InlineData(PayloadHash.StreamingTrailer)]
    [InlineData(PayloadHash.StreamingUnsignedTrailer)]
    public async Task Chunks_are_put_together(string kind)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var (status, body) = await SendChunkedAsync(bucket, kind, chunked => chunked);
        status.ShouldBe(HttpStatusCode.OK, body);
        (await bucket.GetTextAsync("k")).ShouldBe(Text);
    }

    [Theory]
    [InlineData(PayloadHash.Streaming, "12345", "12X45", 403, "SignatureDoesNotMatch")]
    [InlineData(PayloadHash.StreamingTrailer, "12345", "12X45", 403, "SignatureDoesNotMatch")]
    [InlineData(PayloadHash.StreamingTrailer, "y/Q5Jg==", "AAAAAA==", 403, "SignatureDoesNotMatch")]
    [InlineData(PayloadHash.StreamingUnsignedTrailer, "12345", "12X45", 400, "BadDigest")]
    [InlineData(PayloadHash.StreamingUnsignedTrailer, "y/Q5Jg==", "AAAAAA==", 400, "BadDigest")]
    [InlineData(PayloadHash.StreamingUnsignedTrailer, "5\r\n12345\r\n", "", 400, "IncompleteBody")]
    public async Task A_chunk_or_trailer_that_was_changed_is_refused_and_not_kept(
        string kind,
        string signed,
        string sent,
        int expected,
        string code
    )
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var (status, body) = await SendChunkedAsync(
            bucket,
            kind,
            chunked => chunked.Replace(signed, sent, StringComparison.Ordinal)
        );
        ((int)status).ShouldBe(expected, body);
        body.ShouldContain($"<Code>{code}</Code>");
        (await bucket.KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_presigned_address_holds_for_its_time_and_only_as_it_was_signed()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", Text);
        var path = $"/{bucket.Name}/k";
        var hour = TimeSpan.FromHours(1);

        var good = Requests().Presign("GET", path, hour);
        (await PlainAsync("GET", good)).ShouldBe((HttpStatusCode.OK, Text));
        (await PlainAsync("GET", good.Replace("/k?", "/l?", StringComparison.Ordinal))).Body.ShouldContain(
            "SignatureDoesNotMatch"
        );
        (await PlainAsync("PUT", good)).Body.ShouldContain("SignatureDoesNotMatch");

        var old = new SignedRequests(cloud.Host)
        {
            Service = "s3",
            Time = DateTimeOffset.UtcNow - TimeSpan.FromHours(2),
        };
        var (status, body) = await PlainAsync("GET", old.Presign("GET", path, hour));
        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("Request has expired");
        (await PlainAsync("GET", old.Presign("GET", path, 3 * hour))).Status.ShouldBe(HttpStatusCode.OK);

        (await PlainAsync("PUT", Requests().Presign("PUT", $"/{bucket.Name}/up", hour), "by url")).Status.ShouldBe(
            HttpStatusCode.OK
        );
        (await bucket.GetTextAsync("up")).ShouldBe("by url");
    }

    [Fact]
    public async Task Without_a_signature_nothing_is_given()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", Text);
        var (status, body) = await PlainAsync("GET", $"/{bucket.Name}/k");
        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("<Code>AccessDenied</Code>");
    }

    [Fact]
    public async Task The_old_signature_in_a_header_is_refused_and_the_new_one_named()
    {
        var requests = Requests();
        var wire = requests.Wire("GET", "/b/k", "", new() { ["Authorization"] = "AWS A:S" });
        var (status, body) = await requests.SendAsync(wire, "/b/k", []);
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain("Please use AWS4-HMAC-SHA256.");
    }

    [Fact]
    public async Task Keys_and_clocks_that_are_wrong_are_told_in_S3s_words()
    {
        var unknown = new SignedRequests(cloud.Host)
        {
            Service = "s3",
            Keys = new SigningCredentials("AKIAUNKNOWNUNKNOWN12", "secret"),
        };
        (await unknown.SendAsync("GET", "/")).Body.ShouldContain("<Code>InvalidAccessKeyId</Code>");
        var late = new SignedRequests(cloud.Host) { Service = "s3", Time = DateTimeOffset.UtcNow.AddMinutes(-20) };
        (await late.SendAsync("GET", "/")).Body.ShouldContain("<Code>RequestTimeTooSkewed</Code>");
    }

    private SignedRequests Requests() => new(cloud.Host) { Service = "s3" };

    private Task<(HttpStatusCode Status, string Body)> PlainAsync(string method, string target, string body = "")
    {
        var requests = Requests();
        return requests.SendAsync(requests.Wire(method, target, "", null), target, Encoding.UTF8.GetBytes(body));
    }

    private Task<(HttpStatusCode Status, string Body)> SendChunkedAsync(
        S3Bucket bucket,
        string kind,
        Func<string, string> change
    )
    {
        var hasTrailer = kind != PayloadHash.Streaming;
        var headers = new Dictionary<string, string>
        {
            ["x-amz-decoded-content-length"] = $"{Text.Length}",
            ["Content-Encoding"] = "aws-chunked",
        };
        if (hasTrailer)
        {
            headers["x-amz-trailer"] = "x-amz-checksum-crc32";
        }

        var requests = Requests();
        var target = $"/{bucket.Name}/k";
        var wire = requests.Wire("PUT", target, "", headers);
        new SigV4Signer("us-east-1", "s3").Sign(wire, requests.Keys, requests.Time, kind);
        SigV4Authorization.Read("", wire.Headers, out var authorization).ShouldBe(SignatureVerdict.Valid);
        var chain =
            kind == PayloadHash.StreamingUnsignedTrailer ? null : new ChunkSignatures(authorization!, requests.Keys);
        var body = new StringBuilder();
        foreach (var chunk in new[] { "12345", "6789", "" })
        {
            body.Append($"{chunk.Length:x}");
            if (chain is not null)
            {
                body.Append(";chunk-signature=")
                    .Append(chain.Chunk(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(chunk))));
            }

            body.Append("\r\n").Append(chunk).Append(chunk.Length > 0 ? "\r\n" : "");
        }

        if (hasTrailer)
        {
            body.Append("x-amz-checksum-crc32:y/Q5Jg==\r\n");
            if (chain is not null)
            {
                body.Append($"x-amz-trailer-signature:{chain.Trailer("x-amz-checksum-crc32:y/Q5Jg==\n")}\r\n");
            }
        }

        return requests.SendAsync(wire, target, Encoding.ASCII.GetBytes(change(body.Append("\r\n").ToString())));
    }
}
