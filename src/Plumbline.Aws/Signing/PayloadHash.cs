using System.Security.Cryptography;

namespace Plumbline.Aws.Signing;

/// <summary>The value of x-amz-content-sha256, which stands for the body in a signature.</summary>
public static class PayloadHash
{
    public const string Header = "x-amz-content-sha256";

    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>aws-chunked, with a signature for each chunk.</summary>
    public const string Streaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

    /// <summary>aws-chunked, with a signature for each chunk and for the trailer.</summary>
    public const string StreamingTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

    /// <summary>aws-chunked with a trailer, unsigned.</summary>
    public const string StreamingUnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <summary>The hash of an empty body.</summary>
    public const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>SHA-256 of the body, in lower-case hex.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return Empty;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>True if the value is the hash of a body, not one of the words above.</summary>
    public static bool IsHash(string value) => value.Length == 64;

    public static bool IsStreaming(string value) => value.StartsWith("STREAMING-", StringComparison.Ordinal);
}
