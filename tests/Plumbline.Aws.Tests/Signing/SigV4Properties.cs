using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Signing;

public sealed class SigV4Properties
{
    private static readonly DateTimeOffset Time = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly SigningCredentials Credentials = new("AKIDEXAMPLE", "secret", "token==");

    [Fact]
    public void What_is_signed_verifies_and_what_is_changed_does_not() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>>(),
                ArbMap.Default.ArbFor<NonNull<string>>(),
                (name, value) =>
                {
                    foreach (var service in (string[])["s3", "sagemaker"])
                    {
                        var path = "/bucket/" + PercentEncoding.Encode(name.Get, keepSlash: true);
                        var query = $"{PercentEncoding.Encode(name.Get)}x={PercentEncoding.Encode(value.Get)}";
                        var request = Request(path, query, value.Get);
                        new SigV4Signer("us-east-1", service).Sign(request, Credentials, Time);
                        Verify(request).ShouldBe(SignatureVerdict.Valid);
                        Verify(request with { Query = query + "y" }).ShouldBe(SignatureVerdict.Mismatch);
                        Verify(request with { Path = path + "/y" }).ShouldBe(SignatureVerdict.Mismatch);

                        var presigned = Request(path, query, value.Get);
                        var signer = new SigV4Signer("us-east-1", service);
                        var signed = signer.Presign(presigned, Credentials, Time, TimeSpan.FromMinutes(1));
                        Verify(presigned with { Query = signed }).ShouldBe(SignatureVerdict.Valid);
                        Verify(presigned with { Query = signed + "&z=1" }).ShouldBe(SignatureVerdict.Mismatch);
                    }
                }
            )
            .Check();

    [Theory]
    [InlineData("", "", SignatureVerdict.Missing)]
    [InlineData("Basic abc", "", SignatureVerdict.Incomplete)]
    [InlineData("AWS4-HMAC-SHA256", "", SignatureVerdict.Incomplete)]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00", "", SignatureVerdict.Incomplete)]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=k/20300102/r/s/aws4_request, SignedHeaders=host, Signature=",
        "",
        SignatureVerdict.Incomplete
    )]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=k/20300103/r/s/aws4_request, SignedHeaders=host, Signature=00",
        "",
        SignatureVerdict.Incomplete
    )]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=k/20300102/r/s/aws4_request, SignedHeaders=host, Signature=00",
        "",
        SignatureVerdict.Valid
    )]
    [InlineData("", "X-Amz-Signature=00", SignatureVerdict.Incomplete)]
    public void A_signature_that_cannot_be_read_is_told_apart(
        string authorization,
        string query,
        SignatureVerdict verdict
    )
    {
        IHeaderDictionary headers = new HeaderDictionary { ["X-Amz-Date"] = "20300102T030405Z" };
        if (authorization.Length > 0)
        {
            headers.Authorization = authorization;
        }

        SigV4Authorization.Read(query, headers, out var read).ShouldBe(verdict);
        (read is not null).ShouldBe(verdict == SignatureVerdict.Valid);
    }

    [Fact]
    public void A_header_of_S3_that_is_not_signed_is_refused()
    {
        var request = Request("/bucket/key", "", "");
        new SigV4Signer("us-east-1", "s3").Sign(request, Credentials, Time);
        request.Headers["x-amz-meta-added"] = "later";
        Verify(request).ShouldBe(SignatureVerdict.HeaderNotSigned);
    }

    [Fact]
    public void Another_sessions_token_is_refused()
    {
        var request = Request("/", "", "");
        new SigV4Signer("us-east-1", "sagemaker").Sign(request, Credentials, Time);
        Verify(request, Credentials with { SessionToken = null }).ShouldBe(SignatureVerdict.BadToken);
    }

    [Theory]
    [InlineData("json", "InvalidSignatureException", 403)]
    [InlineData("query", "SignatureDoesNotMatch", 403)]
    [InlineData("rest-xml", "SignatureDoesNotMatch", 403)]
    public void Each_protocol_has_its_own_word_for_a_mismatch(string protocol, string code, int status)
    {
        var error = SignatureErrors.Of(SignatureVerdict.Mismatch, protocol);
        (error.Code, error.Status).ShouldBe((code, status));
    }

    private static WireRequest Request(string path, string query, string body) =>
        new(
            "PUT",
            path,
            query,
            new HeaderDictionary { ["Host"] = "localhost:4570", ["X-Custom"] = "a  b" },
            System.Text.Encoding.UTF8.GetBytes(body)
        );

    private static SignatureVerdict Verify(WireRequest request, SigningCredentials? credentials = null)
    {
        SigV4Authorization.Read(request.Query, request.Headers, out var authorization).ShouldBe(SignatureVerdict.Valid);
        return new SigV4Verifier(new FakeTimeProvider(Time)).Verify(
            authorization!,
            request,
            credentials ?? Credentials
        );
    }
}
