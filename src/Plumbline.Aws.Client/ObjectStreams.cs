using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.Aws.Client;

public static class ObjectStreams
{
    /// <summary>
    /// Passes on an object's bytes as they arrive. The request asks for the range of all bytes: for a whole object the
    /// SDK would compute MD5 and CRC32 in managed code, ten times the CPU time of reading. A truncated stream is still
    /// an error.
    /// </summary>
    /// <exception cref="AmazonS3Exception">404: the object does not exist.</exception>
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
