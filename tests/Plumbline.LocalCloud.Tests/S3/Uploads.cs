using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>A multipart upload with AWS's client.</summary>
public sealed class Uploads(S3Bucket bucket, string key)
{
    private ChecksumAlgorithm? algorithm;

    public string Id { get; private set; } = "";

    public async Task<InitiateMultipartUploadResponse> BeginAsync(Action<InitiateMultipartUploadRequest>? change = null)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = bucket.Name, Key = key };
        change?.Invoke(request);
        algorithm = request.ChecksumAlgorithm;
        var answer = await bucket.Client.InitiateMultipartUploadAsync(request);
        Id = answer.UploadId;
        return answer;
    }

    public Task<UploadPartResponse> SendAsync(int number, byte[] bytes) =>
        bucket.Client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket.Name,
                Key = key,
                UploadId = Id,
                PartNumber = number,
                InputStream = new MemoryStream(bytes),
                ChecksumAlgorithm = algorithm,
            }
        );

    public Task<CompleteMultipartUploadResponse> CompleteAsync(params byte[][] contents) =>
        CompleteAsync(_ => { }, contents);

    public async Task<CompleteMultipartUploadResponse> CompleteAsync(
        Action<CompleteMultipartUploadRequest> change,
        params byte[][] contents
    )
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = bucket.Name,
            Key = key,
            UploadId = Id,
            PartETags = [],
        };
        for (var index = 0; index < contents.Length; index++)
        {
            var sent = await SendAsync(index + 1, contents[index]);
            request.PartETags.Add(
                new PartETag(sent) { ChecksumCRC32 = sent.ChecksumCRC32, ChecksumSHA256 = sent.ChecksumSHA256 }
            );
        }

        change(request);
        return await bucket.Client.CompleteMultipartUploadAsync(request);
    }
}
