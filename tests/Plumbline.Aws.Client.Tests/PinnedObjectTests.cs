using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Plumbline.Aws.Client.Tests;

public sealed class PinnedObjectTests
{
    [Theory]
    [InlineData("PermanentRedirect", HttpStatusCode.MovedPermanently, "the bucket feed is in another region")]
    [InlineData("AuthorizationHeaderMalformed", HttpStatusCode.BadRequest, "the bucket feed is in another region")]
    [InlineData("NoSuchBucket", HttpStatusCode.NotFound, "the bucket feed does not exist")]
    [InlineData("NoSuchKey", HttpStatusCode.NotFound, "the object is gone")]
    [InlineData(
        "AccessDenied",
        HttpStatusCode.Forbidden,
        "may not be read (AccessDenied): s3:ListBucket for the bucket"
    )]
    [InlineData("SlowDown", HttpStatusCode.ServiceUnavailable, null)]
    public void An_answer_of_S3_is_explained(string code, HttpStatusCode status, string? sentence)
    {
        var explained = PinnedObject.Explain(
            new AmazonS3Exception("as S3 says", ErrorType.Sender, code, "request", status),
            "feed"
        );
        if (sentence is null)
        {
            explained.ShouldBeNull();
        }
        else
        {
            explained.ShouldNotBeNull().ShouldStartWith(sentence);
        }
    }
}
