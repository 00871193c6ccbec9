using Microsoft.Extensions.Time.Testing;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Signing;

public sealed class SigV4GoldenTests
{
    public static TheoryData<string> Cases => SigV4Case.Names();

    [GoldenFact]
    public void The_official_suite_has_38_cases() => Cases.Count.ShouldBe(38);

    [GoldenTheory]
    [MemberData(nameof(Cases))]
    public void The_signer_signs_headers_as_AWS_does(string name)
    {
        var golden = new SigV4Case(name);
        var request = golden.Request("request.txt");
        if (golden.SignBody)
        {
            request.Headers[PayloadHash.Header] = "";
        }

        var credentials = golden.TokenIsAddedAfter
            ? golden.Credentials with
            {
                SessionToken = null,
            }
            : golden.Credentials;
        golden.Signer.Sign(request, credentials, golden.Time);
        request.Headers.Authorization.ToString().ShouldEndWith($"Signature={golden.Text("header-signature.txt")}");
        request.Headers.Authorization.ToString().ShouldBe(Signed(golden));

        static string Signed(SigV4Case golden) =>
            golden.Request("header-signed-request.txt").Headers.Authorization.ToString();
    }

    [GoldenTheory]
    [MemberData(nameof(Cases))]
    public void The_signer_signs_the_query_as_AWS_does(string name)
    {
        var golden = new SigV4Case(name);
        var request = golden.Request("request.txt");
        var credentials = golden.TokenIsAddedAfter
            ? golden.Credentials with
            {
                SessionToken = null,
            }
            : golden.Credentials;
        var query = golden.Signer.Presign(request, credentials, golden.Time, golden.Expires);
        query.ShouldEndWith($"X-Amz-Signature={golden.Text("query-signature.txt")}");
        if (!golden.TokenIsAddedAfter)
        {
            query.ShouldBe(golden.Request("query-signed-request.txt").Query);
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Cases))]
    public void The_verifier_accepts_both_forms_and_refuses_a_changed_request(string name)
    {
        var golden = new SigV4Case(name);
        foreach (var file in (string[])["header-signed-request.txt", "query-signed-request.txt"])
        {
            var request = golden.Request(file);
            Verify(golden, request).ShouldBe(SignatureVerdict.Valid, file);
            Verify(golden, request with { Path = request.Path + "x" }).ShouldBe(SignatureVerdict.Mismatch, file);
            Verify(golden, request with { Query = "a=1&" + request.Query }).ShouldBe(SignatureVerdict.Mismatch, file);
            Verify(golden, request with { Method = "PUT" }).ShouldBe(SignatureVerdict.Mismatch, file);
            Verify(golden, request, "another secret").ShouldBe(SignatureVerdict.Mismatch, file);
            var body = Verify(golden, request with { Body = "changed"u8.ToArray() });
            body.ShouldBeOneOf(SignatureVerdict.Mismatch, SignatureVerdict.BodyMismatch);
            request.Headers.Host = "elsewhere.example.com";
            Verify(golden, request).ShouldBe(SignatureVerdict.Mismatch, file);
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Cases))]
    public void The_verifier_refuses_a_request_that_is_too_old_or_too_young(string name)
    {
        var golden = new SigV4Case(name);
        Verify(golden, golden.Request("header-signed-request.txt"), late: TimeSpan.FromMinutes(16))
            .ShouldBe(SignatureVerdict.Skewed);
        Verify(golden, golden.Request("header-signed-request.txt"), late: TimeSpan.FromMinutes(-16))
            .ShouldBe(SignatureVerdict.Skewed);
        Verify(golden, golden.Request("query-signed-request.txt"), late: TimeSpan.FromMinutes(59))
            .ShouldBe(SignatureVerdict.Valid);
        Verify(golden, golden.Request("query-signed-request.txt"), late: TimeSpan.FromMinutes(61))
            .ShouldBe(SignatureVerdict.Expired);
    }

    private static SignatureVerdict Verify(
        SigV4Case golden,
        WireRequest request,
        string? secret = null,
        TimeSpan late = default
    )
    {
        SigV4Authorization.Read(request.Query, request.Headers, out var authorization).ShouldBe(SignatureVerdict.Valid);
        var credentials = golden.Credentials with { SecretAccessKey = secret ?? golden.Credentials.SecretAccessKey };
        return new SigV4Verifier(new FakeTimeProvider(golden.Time + late)) { PathAsIs = golden.PathAsIs }.Verify(
            authorization!,
            request,
            credentials
        );
    }
}
