using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Several operations of S3 share a method and a path.</summary>
public sealed class RoutingTests
{
    [Theory]
    [InlineData("GET", "/", "", "ListBuckets")]
    [InlineData("GET", "/bucket", "", "ListObjects")]
    [InlineData("GET", "/bucket/", "prefix=a", "ListObjects")]
    [InlineData("GET", "/bucket", "list-type=2&prefix=a", "ListObjectsV2")]
    [InlineData("GET", "/bucket/", "location", "GetBucketLocation")]
    [InlineData("GET", "/bucket", "location=", "GetBucketLocation")]
    [InlineData("GET", "/bucket", "uploads", "ListMultipartUploads")]
    [InlineData("HEAD", "/bucket", "", "HeadBucket")]
    [InlineData("PUT", "/bucket", "", "CreateBucket")]
    [InlineData("DELETE", "/bucket/", "", "DeleteBucket")]
    [InlineData("POST", "/bucket", "delete", "DeleteObjects")]
    [InlineData("GET", "/bucket/a/b/c", "", "GetObject")]
    [InlineData("GET", "/bucket/a/b/", "", "GetObject")]
    [InlineData("GET", "/bucket//double", "", "GetObject")]
    [InlineData("GET", "/bucket/key", "x-id=GetObject", "GetObject")]
    [InlineData("GET", "/bucket/key", "uploadId=1", "ListParts")]
    [InlineData("GET", "/bucket/key", "tagging", "GetObjectTagging")]
    [InlineData("PUT", "/bucket/key", "", "PutObject")]
    [InlineData("PUT", "/bucket/key", "partNumber=1&uploadId=u", "UploadPart")]
    [InlineData("POST", "/bucket/key", "uploads", "CreateMultipartUpload")]
    [InlineData("POST", "/bucket/key", "uploadId=u", "CompleteMultipartUpload")]
    [InlineData("DELETE", "/bucket/key", "uploadId=u", "AbortMultipartUpload")]
    [InlineData("DELETE", "/bucket/key", "", "DeleteObject")]
    public void S3s_operation_is_found(string method, string path, string query, string operation) =>
        Find(method, path, query).ShouldBe(operation);

    [Fact]
    public void A_copy_is_told_by_its_header()
    {
        Find("PUT", "/bucket/key", "", ("x-amz-copy-source", "/a/b")).ShouldBe("CopyObject");
        Find("PUT", "/bucket/key", "partNumber=1&uploadId=u", ("x-amz-copy-source", "/a/b")).ShouldBe("UploadPartCopy");
    }

    [Theory]
    [InlineData("/bucket/a%2Fb%20c", "a/b c")]
    [InlineData("/bucket/a+b", "a+b")]
    [InlineData("/bucket/../x", "../x")]
    [InlineData("/bucket/%E4%B8%AD/", "\u4e2d/")]
    [InlineData("/bucket//x", "/x")]
    public void A_key_is_only_a_name(string path, string key)
    {
        var model = ServiceModel.For("s3");
        var request = new WireRequest("GET", path, "", new HeaderDictionary(), default);
        var input = CodecTable.For(model).ReadRequest(model.Operations["GetObject"], request);
        input.Text("Bucket").ShouldBe("bucket");
        input.Text("Key").ShouldBe(key);
    }

    [Fact]
    public void An_operation_that_the_model_lacks_is_not_found()
    {
        Find("PATCH", "/bucket", "").ShouldBeNull();
        var runtime = CodecTable.For(ServiceModel.For("sagemaker-runtime"));
        runtime
            .OperationName(new WireRequest("POST", "/endpoints/e/invocations", "", new HeaderDictionary(), default))
            .ShouldBe("InvokeEndpoint");
        runtime
            .OperationName(new WireRequest("POST", "/endpoints/e", "", new HeaderDictionary(), default))
            .ShouldBeNull();
    }

    private static string? Find(string method, string path, string query, params ReadOnlySpan<(string, string)> headers)
    {
        var sent = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            sent[name] = value;
        }

        return CodecTable
            .For(ServiceModel.For("s3"))
            .OperationName(new WireRequest(method, path, query, sent, default));
    }
}
