using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;

namespace Plumbline.Aws.Tests.Signing;

/// <summary>
/// Signature version 2 in a query, by the example of AWS's own guide and by the requests of its clients.
/// </summary>
public sealed class SigV2PresignedTests
{
    private static readonly SigningCredentials Keys = new(
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    );

    [Fact]
    public void The_guides_example_is_signed_as_the_guide_says()
    {
        var request = Request(
            "GET",
            "/johnsmith/photos/puppy.jpg",
            "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1175139620&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D"
        );
        var signature = SigV2Presigned.Read(request.Query)!;
        signature.StringToSign(request).ShouldBe("GET\n\n\n1175139620\n/johnsmith/photos/puppy.jpg");
        signature.AccessKeyId.ShouldBe(Keys.AccessKeyId);
        signature.End.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1175139620));
        signature.IsSignedBy(Keys, request).ShouldBeTrue();
        signature.IsSignedBy(Keys, request with { Method = "HEAD" }).ShouldBeFalse();
        signature.IsSignedBy(Keys with { SecretAccessKey = "another" }, request).ShouldBeFalse();
    }

    [Theory]
    [InlineData("uploads", "?uploads")]
    [InlineData("uploadId=u%2F1&partNumber=2", "?partNumber=2&uploadId=u/1")]
    [InlineData("response-content-type=text%2Fhtml%3B%20x&prefix=p&acl", "?acl&response-content-type=text/html; x")]
    [InlineData("prefix=p&list-type=2", "")]
    public void Sub_resources_and_overrides_are_signed_decoded_in_order_and_the_rest_is_not(
        string query,
        string signed
    ) => TextOf(Request("GET", "/b/k", query)).ShouldBe($"GET\n\n\n9\n/b/k{signed}");

    [Fact]
    public void Headers_are_signed_whether_they_are_sent_as_such_or_in_the_query()
    {
        const string text = "PUT\nmd5==\ntext/plain\n9\nx-amz-meta-a:1,2\nx-amz-storage-class:STANDARD_IA\n/b/k";
        var sent = Request("PUT", "/b/k", "");
        sent.Headers.ContentMD5 = "md5==";
        sent.Headers.ContentType = "text/plain";
        sent.Headers["X-Amz-Storage-Class"] = "STANDARD_IA";
        sent.Headers["x-amz-meta-a"] = new[] { "1 ", " 2" };
        TextOf(sent).ShouldBe(text);
        TextOf(
                Request(
                    "PUT",
                    "/b/k",
                    "content-md5=md5%3D%3D&Content-Type=text%2Fplain&x-amz-storage-class=STANDARD_IA&x-amz-meta-a=1%2C2"
                )
            )
            .ShouldBe(text);
    }

    [Theory]
    [InlineData("AWSAccessKeyId=A&Signature=S")]
    [InlineData("Signature=S&Expires=9")]
    [InlineData("AWSAccessKeyId=A&Expires=9")]
    public void A_signature_with_a_part_missing_is_seen_and_not_read(string query)
    {
        SigV2Presigned.IsIn(query).ShouldBeTrue();
        SigV2Presigned.Read(query).ShouldBeNull();
    }

    [Theory]
    [InlineData("X-Amz-Signature=abc")]
    [InlineData("prefix=Signature")]
    [InlineData("")]
    public void Other_queries_are_not_taken_for_it(string query) => SigV2Presigned.IsIn(query).ShouldBeFalse();

    private static string TextOf(WireRequest request) => new SigV2Presigned("A", "S", "9", null).StringToSign(request);

    private static WireRequest Request(string method, string path, string query) =>
        new(method, path, query, new HeaderDictionary { ["Host"] = "s3.example" }, default);
}
