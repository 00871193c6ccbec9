using Amazon.S3.Model;

namespace Plumbline.Aws.Client;

public sealed partial class BucketClient
{
    /// <summary>Writes an object, also in place of an earlier one with this key. Closes the stream.</summary>
    public Task ReplaceAsync(string key, Stream content, CancellationToken cancellationToken) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = name,
                Key = key,
                InputStream = content,
            },
            cancellationToken
        );
}
