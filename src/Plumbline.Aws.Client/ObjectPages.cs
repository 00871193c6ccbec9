using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.Aws.Client;

internal static class ObjectPages
{
    /// <summary>Lists the objects of a request page by page, until the last page.</summary>
    public static async IAsyncEnumerable<ListObjectsV2Response> PagesAsync(
        this IAmazonS3 s3,
        ListObjectsV2Request request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        do
        {
            var page = await s3.ListObjectsV2Async(request, cancellationToken);
            yield return page;
            request.ContinuationToken = page.NextContinuationToken;
        } while (request.ContinuationToken is not null);
    }
}
