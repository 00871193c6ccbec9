using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Formats;

namespace Plumbline.Aws.Client;

/// <summary>
/// Reads an object as it was when it was listed: each request asks for its ETag, so an object that was replaced in the
/// meantime is an error, and never read in part.
/// </summary>
/// <param name="s3">The client.</param>
/// <param name="uri">The object.</param>
/// <param name="etag">The ETag of the listed content; empty for a key that follows from its content.</param>
/// <param name="size">Its length in bytes.</param>
public sealed class PinnedObject(IAmazonS3 s3, S3Uri uri, string etag, long size)
{
    private const int Attempts = 3;

    public S3Uri Uri => uri;

    public long Size => size;

    /// <summary>Writes the object into a new file, and reads its hash on the way.</summary>
    /// <param name="path">A file that does not exist; it is removed if the download fails.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>SHA-256 of the bytes in lower hex; the version id, or null in a bucket without versions.</returns>
    /// <exception cref="AmazonS3Exception">404 or 412: the object is gone or was replaced.</exception>
    public async Task<(string Sha256, string? VersionId)> DownloadAsync(
        string path,
        CancellationToken cancellationToken = default
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryDownloadAsync(path, cancellationToken);
            }
            catch (Exception e) when (e is IOException or HttpRequestException && attempt < Attempts)
            {
                // A connection that broke inside the body, which the SDK does not try again.
                File.Delete(path);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }
    }

    /// <summary>Reads a part of the object.</summary>
    /// <param name="offset">The first byte, in the object.</param>
    /// <param name="into">Room for the bytes, which must be in the object.</param>
    /// <exception cref="AmazonS3Exception">404 or 412: the object is gone or was replaced.</exception>
    public void Read(long offset, Span<byte> into)
    {
        using var answer = s3.GetObjectAsync(Request(offset, offset + into.Length - 1)).GetAwaiter().GetResult();
        answer.ResponseStream.ReadExactly(into);
    }

    private async Task<(string Sha256, string? VersionId)> TryDownloadAsync(
        string path,
        CancellationToken cancellationToken
    )
    {
        using var answer = await s3.GetObjectAsync(Request(0, size - 1), cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0
        );
        var buffer = new byte[256 * 1024];
        long all = 0;
        int read;
        while ((read = await answer.ResponseStream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            all += read;
        }
        return all == size
            ? (Convert.ToHexStringLower(hash.GetHashAndReset()), answer.VersionId is { Length: > 0 } id ? id : null)
            : throw new IOException($"{uri} ended after {all} of {size} bytes");
    }

    // With a range, the SDK does not compute checksums of its own (see ObjectStreams).
    private GetObjectRequest Request(long first, long last) =>
        new()
        {
            BucketName = uri.Bucket,
            Key = uri.Key,
            EtagToMatch = etag.Length > 0 ? etag : null,
            ByteRange = new ByteRange(first, last),
        };

    /// <summary>
    /// A sentence about a request for a bucket that is not the loop's own, for people; null for an error that says enough
    /// by itself.
    /// </summary>
    public static string? Explain(AmazonS3Exception error, string bucket) =>
        error switch
        {
            { ErrorCode: "NoSuchBucket" } => $"the bucket {bucket} does not exist",
            { StatusCode: HttpStatusCode.Forbidden } =>
                $"may not be read ({error.ErrorCode}): s3:ListBucket for the bucket {bucket}, and s3:GetObject for its objects, are needed",
            { StatusCode: HttpStatusCode.NotFound } => "the object is gone: it was removed after it was listed",
            { StatusCode: HttpStatusCode.PreconditionFailed } =>
                "the object was replaced after it was listed; `plumb retrain` lists the objects again",
            { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect }
            or { ErrorCode: "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" } =>
                $"the bucket {bucket} is in another region: copy the data into a bucket of the loop's region",
            _ => null,
        };
}
