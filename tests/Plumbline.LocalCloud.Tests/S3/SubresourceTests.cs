using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>A missing operation is reported by its own name, never mistaken for a similar one.</summary>
public sealed class SubresourceTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Theory]
    [InlineData("DELETE", "?cors", "DeleteBucketCors")]
    [InlineData("PUT", "?cors", "PutBucketCors")]
    [InlineData("GET", "?publicAccessBlock", "GetPublicAccessBlock")]
    [InlineData("PUT", "?encryption", "PutBucketEncryption")]
    [InlineData("DELETE", "?lifecycle", "DeleteBucketLifecycle")]
    [InlineData("GET", "?lifecycle", "GetBucketLifecycleConfiguration")]
    [InlineData("GET", "?analytics", "ListBucketAnalyticsConfigurations")]
    [InlineData("GET", "?analytics&id=1", "GetBucketAnalyticsConfiguration")]
    [InlineData("PUT", "/kept?acl", "PutObjectAcl")]
    [InlineData("PUT", "/kept?retention", "PutObjectRetention")]
    [InlineData("GET", "/kept?torrent", "GetObjectTorrent")]
    [InlineData("POST", "/kept?restore", "RestoreObject")]
    public async Task An_operation_that_is_not_there_is_named(string method, string target, string operation)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("kept", "kept");
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync(method, $"/{bucket.Name}{target}");
        ((int)status).ShouldBe(501);
        body.ShouldContain("<Code>NotImplemented</Code>");
        body.ShouldContain($"s3 {operation}.");
        (await bucket.GetTextAsync("kept")).ShouldBe("kept");
    }
}
