using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.Aws.Client;

/// <summary>Uploads a file in parts: S3 takes at most 5 GB in one request.</summary>
/// <param name="s3">The client.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="partSize">Bytes of a part, at least 5 MiB; an object has at most 10,000 parts.</param>
public sealed class PartsUpload(IAmazonS3 s3, string bucket, long partSize = PartsUpload.UsualPart)
{
    /// <summary>Files up to this length go in one request.</summary>
    public const long UsualPart = 1L << 30;

    /// <summary>Writes an object if it is missing; false if it exists.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="path">The file.</param>
    /// <param name="contentType">The object's content type.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays.</param>
    public async Task<bool> TryAddAsync(
        string key,
        string path,
        string contentType,
        CancellationToken cancellationToken = default
    )
    {
        var begun = await s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                ContentType = contentType,
            },
            cancellationToken
        );
        try
        {
            var request = new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = begun.UploadId,
                IfNoneMatch = "*",
            };
            var length = new FileInfo(path).Length;
            for (var (part, position) = (1, 0L); position < length; part++, position += partSize)
            {
                var sent = await s3.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = bucket,
                        Key = key,
                        UploadId = begun.UploadId,
                        PartNumber = part,
                        FilePath = path,
                        FilePosition = position,
                        PartSize = Math.Min(partSize, length - position),
                    },
                    cancellationToken
                );
                request.AddPartETags(sent);
            }

            await s3.CompleteMultipartUploadAsync(request, cancellationToken);
            return true;
        }
        catch (Exception e)
        {
            await AbortAsync(key, begun.UploadId);
            if (e is AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed })
            {
                return false;
            }

            throw;
        }
    }

    // The bucket's lifecycle removes an upload that could not be aborted.
    private async Task AbortAsync(string key, string upload)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(bucket, key, upload, CancellationToken.None);
        }
        catch (AmazonS3Exception)
        {
            // The reason of the failure is more useful than this one.
        }
    }
}
