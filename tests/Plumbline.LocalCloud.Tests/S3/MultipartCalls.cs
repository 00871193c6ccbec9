using System.Security.Cryptography;
using Amazon.S3.Model;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>The calls of a multipart upload of the key <c>k</c>, and contents for its parts.</summary>
internal static class MultipartCalls
{
    internal const int SmallestPart = 5 * 1024 * 1024;

    internal static readonly byte[][] Contents =
    [
        RandomNumberGenerator.GetBytes(SmallestPart),
        RandomNumberGenerator.GetBytes(SmallestPart + 1),
        RandomNumberGenerator.GetBytes(10),
    ];

    internal static async Task<string> BeginAsync(
        S3Bucket bucket,
        Action<InitiateMultipartUploadRequest>? change = null
    )
    {
        var request = new InitiateMultipartUploadRequest { BucketName = bucket.Name, Key = "k" };
        change?.Invoke(request);
        return (await bucket.Client.InitiateMultipartUploadAsync(request)).UploadId;
    }

    internal static async Task<PartETag> SendAsync(S3Bucket bucket, string id, int number, byte[] bytes)
    {
        var answer = await bucket.Client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket.Name,
                Key = "k",
                UploadId = id,
                PartNumber = number,
                InputStream = new MemoryStream(bytes),
            }
        );
        return new PartETag(answer);
    }

    internal static Task<CompleteMultipartUploadResponse> CompleteAsync(
        S3Bucket bucket,
        string id,
        params PartETag[] parts
    ) =>
        bucket.Client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = bucket.Name,
                Key = "k",
                UploadId = id,
                PartETags = [.. parts],
            }
        );
}
