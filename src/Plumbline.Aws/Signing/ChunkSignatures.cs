using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Aws.Signing;

/// <summary>
/// The chain of signatures in an aws-chunked body: each covers the previous signature and its chunk's bytes.
/// </summary>
public sealed class ChunkSignatures
{
    private readonly byte[] key;
    private readonly string prefix;
    private string previous;

    /// <summary>Begins the chain with a request's own signature.</summary>
    public ChunkSignatures(SigV4Authorization authorization, SigningCredentials credentials)
        : this(authorization.Signature, authorization.AmzDate, authorization.Scope, credentials.SecretAccessKey) { }

    /// <summary>Begins the chain with a given signature, the seed.</summary>
    public ChunkSignatures(string seed, string amzDate, string scope, string secret)
    {
        key = SigningKeys.For(secret, scope);
        prefix = $"{amzDate}\n{scope}\n";
        previous = seed;
    }

    /// <summary>Returns the signature of the next chunk, from its SHA-256, and makes it the previous one.</summary>
    public string Chunk(ReadOnlySpan<byte> sha256) =>
        previous = Sign(
            $"AWS4-HMAC-SHA256-PAYLOAD\n{prefix}{previous}\n{PayloadHash.Empty}\n{Convert.ToHexStringLower(sha256)}"
        );

    /// <summary>Returns the signature of the trailer, from its lines (<c>name:value\n</c>).</summary>
    public string Trailer(string lines) =>
        previous = Sign(
            $"AWS4-HMAC-SHA256-TRAILER\n{prefix}{previous}\n{PayloadHash.Of(Encoding.UTF8.GetBytes(lines))}"
        );

    private string Sign(string toSign) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
}
