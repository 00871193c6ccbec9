using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>Writes objects, versions and uploads in parts, and records the acknowledgements.</summary>
/// <param name="ledger">Collects the acknowledgements.</param>
/// <param name="round">Makes the keys of several loads different.</param>
internal sealed class ObjectLoad(IAmazonS3 s3, Ledger ledger, int round)
{
    private const int PartSize = 5 * 1024 * 1024;

    private Task<PutObjectResponse> PutAsync(string bucket, string key, byte[] bytes, string? ifNoneMatch = null) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = new MemoryStream(bytes),
                IfNoneMatch = ifNoneMatch,
            }
        );

    /// <summary>Stores objects of all sizes, and deletes every fourth.</summary>
    public async Task PutAsync(int count)
    {
        var bytes = RandomNumberGenerator.GetBytes(count % 5 == 0 ? 300_000 : count);
        var key = $"{round}/{count}";
        await PutAsync(MixedLoad.Bucket, key, bytes);
        if (count % 4 > 0)
        {
            ledger.Add("object", key, S3.S3Bucket.Md5(bytes));
            return;
        }

        await s3.DeleteObjectAsync(MixedLoad.Bucket, key);
        ledger.Add("deleted", key);
    }

    /// <summary>Two writers use the same keys with If-None-Match; one of them succeeds.</summary>
    public async Task PutOnceAsync(string writer, int count)
    {
        var key = $"once/{round}/{count}";
        var bytes = Encoding.ASCII.GetBytes(writer);
        try
        {
            await PutAsync(MixedLoad.Bucket, key, bytes, "*");
            ledger.Add("won", key, S3.S3Bucket.Md5(bytes));
        }
        catch (AmazonS3Exception lost)
            when (lost.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            // The other writer was first.
        }
    }

    public async Task PutVersionAsync(int count)
    {
        var bytes = Encoding.ASCII.GetBytes($"{round}/{count}");
        var put = await PutAsync(MixedLoad.Versioned, MixedLoad.Hot, bytes);
        if (count % 3 > 0)
        {
            ledger.Add("version", put.VersionId, S3.S3Bucket.Md5(bytes));
            return;
        }

        await s3.DeleteObjectAsync(MixedLoad.Versioned, MixedLoad.Hot, put.VersionId);
        ledger.Add("deleted version", put.VersionId);
    }

    public async Task UploadPartsAsync(int count)
    {
        var key = $"parts/{round}/{count}";
        var upload = (await s3.InitiateMultipartUploadAsync(MixedLoad.Bucket, key)).UploadId;
        var parts = new List<PartETag>();
        for (var number = 1; number <= 2; number++)
        {
            var part = await s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = MixedLoad.Bucket,
                    Key = key,
                    UploadId = upload,
                    PartNumber = number,
                    InputStream = new MemoryStream(new byte[number == 1 ? PartSize : 1000]),
                }
            );
            parts.Add(new PartETag(number, part.ETag));
        }

        var whole = await s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = MixedLoad.Bucket,
                Key = key,
                UploadId = upload,
                PartETags = parts,
            }
        );
        ledger.Add("upload in parts", key, whole.ETag.Trim('"'));
    }
}
