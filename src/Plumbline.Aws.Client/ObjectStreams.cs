using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.Aws.Client;

/// <summary>Large objects as streams.</summary>
public static class ObjectStreams
{
    /// <summary>
    /// Hands over an object's bytes as they come. Asked for as a range of all bytes: of a whole object the SDK computes
    /// MD5 and CRC32 in managed code, ten times the CPU time that it takes to read it. A stream that
    /// breaks off is an error all the same.
    /// </summary>
    /// <exception cref="AmazonS3Exception">404: there is no such object.</exception>
    public static async Task ReadStreamAsync(
        this IAmazonS3 s3,
        string bucket,
        string key,
        Func<Stream, Task> read,
        CancellationToken cancellationToken
    )
    {
        var request = new GetObjectRequest
        {
            BucketName = bucket,
            Key = key,
            ByteRange = new ByteRange("bytes=0-"),
        };
        try
        {
            using var answer = await s3.GetObjectAsync(request, cancellationToken);
            await read(answer.ResponseStream);
        }
        catch (AmazonS3Exception empty) when (empty.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            await read(Stream.Null);
        }
    }
}
