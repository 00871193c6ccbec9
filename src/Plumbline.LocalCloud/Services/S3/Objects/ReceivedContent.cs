using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>A body that was received whole and is on disk, in a file that no row names yet.</summary>
/// <param name="File">The file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">The MD5, in hex.</param>
/// <param name="Algorithm">The algorithm of the request's checksum, otherwise the wanted one, such as CRC32.</param>
/// <param name="Checksum">Its value, base64.</param>
internal sealed record ReceivedContent(string File, long Size, string ETag, string Algorithm, string Checksum)
{
    private const long LargestPut = 5L * 1024 * 1024 * 1024;

    /// <summary>
    /// Receives the body of PutObject or UploadPart; refuses one that does not match its length, MD5 or checksum, and
    /// removes its file.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="files">The files that it is added to.</param>
    /// <param name="wanted">
    /// The checksum to calculate if the call has none, and the only one that the call may have; null accepts any.
    /// </param>
    public static async Task<ReceivedContent> TakeAsync(AwsCall call, ObjectFiles files, string? wanted = null)
    {
        if (call.BodyLength > LargestPut)
        {
            throw new AwsException("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size");
        }

        var brought = ChecksumAlgorithm.Brought(call);
        if (wanted is not null && brought is not null && brought != wanted)
        {
            throw S3Errors.InvalidRequest(
                $"Checksum Type mismatch occurred, expected checksum Type: {wanted.ToLowerInvariant()}, actual checksum Type: {brought.ToLowerInvariant()}"
            );
        }

        var algorithm = brought ?? wanted ?? ChecksumAlgorithm.Default;
        using var checksum = IncrementalChecksum.Of(algorithm);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var (file, size) = await files.WriteAsync(
            call.Body ?? Stream.Null,
            call.BodyLength,
            bytes =>
            {
                md5.AppendData(bytes);
                checksum.Append(bytes);
            },
            call.Aborted
        );
        try
        {
            var hash = md5.GetHashAndReset();
            CheckLength(call, size);
            CheckMd5((string?)call.Input["ContentMD5"], hash);
            var value = Convert.ToBase64String(checksum.Finish());
            CheckChecksum(call, brought, value);
            return new ReceivedContent(file, size, Convert.ToHexStringLower(hash), algorithm, value);
        }
        catch
        {
            files.Remove(file);
            throw;
        }
    }

    private static void CheckLength(AwsCall call, long size)
    {
        if (call.BodyLength is { } length && length != size)
        {
            throw new AwsException(
                "IncompleteBody",
                400,
                "You did not provide the number of bytes specified by the Content-Length HTTP header"
            );
        }
    }

    private static void CheckMd5(string? sent, byte[] hash)
    {
        if (sent is null)
        {
            return;
        }

        var expected = new byte[MD5.HashSizeInBytes];
        if (!Convert.TryFromBase64String(sent, expected, out var length) || length != expected.Length)
        {
            throw new AwsException("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
        }

        if (!hash.AsSpan().SequenceEqual(expected))
        {
            throw new AwsException("BadDigest", 400, "The Content-MD5 you specified did not match what we received.")
            {
                // S3 writes one in hex and the other in base64.
                Members = new JsonObject
                {
                    ["ExpectedDigest"] = Convert.ToHexStringLower(expected),
                    ["CalculatedDigest"] = Convert.ToBase64String(hash),
                },
            };
        }
    }

    private static void CheckChecksum(AwsCall call, string? algorithm, string value)
    {
        if (algorithm is null || ChecksumAlgorithm.ValueBrought(call, algorithm) == value)
        {
            return;
        }

        var sent = ChecksumAlgorithm.ValueBrought(call, algorithm);
        throw sent?.Length == value.Length
            ? new AwsException(
                "BadDigest",
                400,
                $"The {algorithm} you specified did not match the calculated checksum."
            )
            : S3Errors.InvalidRequest($"Value for {ChecksumAlgorithm.Header(algorithm)} header is invalid.");
    }
}
