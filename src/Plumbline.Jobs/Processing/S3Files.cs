using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Records;

namespace Plumbline.Jobs.Processing;

/// <summary>Reads and writes the objects of the loop's bucket.</summary>
/// <param name="s3">The S3 client.</param>
/// <param name="bucket">The bucket that holds the project's description.</param>
public sealed class S3Files(IAmazonS3 s3, string bucket)
{
    public string Bucket => bucket;

    public string Uri(string key) => new S3Uri(bucket, key).ToString();

    /// <summary>Returns an object's text, or null if the object does not exist.</summary>
    public async Task<string?> ReadAsync(string key, CancellationToken ct)
    {
        try
        {
            using var response = await s3.GetObjectAsync(bucket, key, ct);
            using var reader = new StreamReader(response.ResponseStream);
            return await reader.ReadToEndAsync(ct);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Streams an object's bytes, without reading them into memory first.</summary>
    public Task ReadAsync(string key, Func<Stream, Task> read, CancellationToken ct) =>
        s3.ReadStreamAsync(bucket, key, read, ct);

    /// <summary>Writes a text; an object that exists is replaced.</summary>
    public Task WriteAsync(string key, string text, string contentType, CancellationToken ct) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                ContentType = contentType,
            },
            ct
        );

    /// <summary>Writes a file whose key follows from its content; an existing object has the same content.</summary>
    /// <returns>True if the object was new.</returns>
    public async Task<bool> WriteOnceAsync(string key, string path, CancellationToken ct)
    {
        try
        {
            var request = new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                FilePath = path,
                ContentType = path.EndsWith(".json", StringComparison.Ordinal) ? "application/json" : "text/csv",
                IfNoneMatch = "*",
            };
            await s3.PutObjectAsync(request, ct);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }

    /// <summary>Lists the objects under a prefix whose keys sort after another key, in order.</summary>
    public async IAsyncEnumerable<S3Object> ListAsync(
        string prefix,
        string after,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket,
            Prefix = prefix,
            StartAfter = after,
        };
        ListObjectsV2Response page;
        do
        {
            page = await s3.ListObjectsV2Async(request, ct);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return found;
            }
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);
    }

    /// <summary>The "folders" directly under a prefix.</summary>
    public async Task<IReadOnlyList<string>> FoldersAsync(string prefix, CancellationToken ct)
    {
        var folders = new List<string>();
        var request = new ListObjectsV2Request
        {
            BucketName = bucket,
            Prefix = prefix,
            Delimiter = "/",
        };
        ListObjectsV2Response page;
        do
        {
            page = await s3.ListObjectsV2Async(request, ct);
            folders.AddRange(page.CommonPrefixes ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);
        return folders;
    }

    /// <summary>Reads an object that must exist.</summary>
    public async Task<string> RequiredAsync(string key, CancellationToken ct) =>
        await ReadAsync(key, ct) ?? throw new UserError(Uri(key), "does not exist");
}
