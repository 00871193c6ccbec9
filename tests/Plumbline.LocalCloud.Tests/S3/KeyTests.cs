using System.Net;
using System.Xml.Linq;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>A key is only a name, with any content.</summary>
public sealed class KeyTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    public static TheoryData<string> Keys =>
        new(
            "..",
            "../../../etc/passwd",
            "a/../b",
            "./a",
            "/leading",
            "a//b",
            "trailing/",
            "space and + plus",
            "per%cent %41",
            "q?uestion&a=b#hash",
            "new\nline\ttab",
            "control\u0001\u001f",
            "e\u0301 and \u00e9",
            "\u202eright-to-left",
            "😀🏳️‍🌈",
            "\uFFFE\uFFFF",
            "<xml attr=\"'\">&amp;",
            new string('k', 1024)
        );

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Any_text_is_a_key(string key)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var target = $"/{bucket.Name}/{PercentEncoding.Encode(key, keepSlash: true)}";
        (await requests.SendAsync("PUT", target, "content")).Status.ShouldBe(HttpStatusCode.OK);
        (await requests.SendAsync("GET", target)).Body.ShouldBe("content");

        var list = await requests.SendAsync("GET", $"/{bucket.Name}?encoding-type=url&list-type=2");
        var listed = XDocument.Parse(list.Body).Descendants().Single(element => element.Name.LocalName == "Key").Value;
        PercentEncoding.Decode(listed).ShouldBe(key);
        (await requests.SendAsync("GET", $"/{bucket.Name}?list-type=2")).Status.ShouldBe(HttpStatusCode.OK);

        (await requests.SendAsync("DELETE", target)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await requests.SendAsync("GET", target)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData('k', 1025)]
    [InlineData('é', 513)]
    public async Task A_key_of_more_than_1024_bytes_is_too_long(char character, int count)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var key = PercentEncoding.Encode(new string(character, count));
        var (status, body) = await requests.SendAsync("PUT", $"/{bucket.Name}/{key}", "content");
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain("<Code>KeyTooLongError</Code>");
    }

    [Fact]
    public async Task A_key_that_is_not_utf8_is_refused()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync("GET", $"/{bucket.Name}/%AE%8A-");
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain("<Code>InvalidURI</Code>");
    }
}
