using System.Security.Cryptography;
using System.Text;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Signing;

/// <summary>Checks signatures over the same canonical form as the signer.</summary>
/// <param name="clock">The real clock: a signature's age does not depend on the simulated time.</param>
public sealed class SigV4Verifier(TimeProvider clock)
{
    /// <summary>The largest difference between a request's time and the server's.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>True if the path was signed unchanged; null decides by the service: true for S3 only.</summary>
    public bool? PathAsIs { get; init; }

    /// <summary>Checks a request with the secret of its access key.</summary>
    /// <param name="authorization">The signature's description in the request.</param>
    /// <param name="request">
    /// The request, with its body except for S3. For S3, x-amz-content-sha256 is trusted here: the reader of the body
    /// compares the hash (<see cref="PayloadHash.IsHash"/>) or verifies the chunks.
    /// </param>
    /// <param name="credentials">The key pair; its session token must equal the request's.</param>
    public SignatureVerdict Verify(
        SigV4Authorization authorization,
        WireRequest request,
        SigningCredentials credentials
    )
    {
        var age = clock.GetUtcNow() - authorization.Time;
        if (authorization.Expires is { } expires ? age > expires || age < -Skew : age.Duration() > Skew)
        {
            return authorization.IsPresigned && age > TimeSpan.Zero
                ? SignatureVerdict.Expired
                : SignatureVerdict.Skewed;
        }

        if (credentials.SessionToken != authorization.SessionToken)
        {
            return SignatureVerdict.BadToken;
        }

        if (!authorization.SignedHeaders.Contains("host"))
        {
            return SignatureVerdict.Incomplete;
        }

        var isS3 = authorization.Service == "s3";
        if (isS3 && UnsignedHeaders(authorization, request).Count > 0)
        {
            return SignatureVerdict.HeaderNotSigned;
        }

        var (payloadHash, bodyFits) = Payload(authorization, request, isS3);
        if (!bodyFits)
        {
            return SignatureVerdict.BodyMismatch;
        }

        return
            Matches(authorization, request, credentials, payloadHash, tokenSigned: true)
            || (
                authorization is { IsPresigned: true, SessionToken: not null }
                && Matches(authorization, request, credentials, payloadHash, tokenSigned: false)
            )
            ? SignatureVerdict.Valid
            : SignatureVerdict.Mismatch;
    }

    private static (string Hash, bool BodyFits) Payload(
        SigV4Authorization authorization,
        WireRequest request,
        bool isS3
    )
    {
        var sent = request.Headers[PayloadHash.Header];
        if (isS3)
        {
            return (
                sent.Count > 0 ? sent.ToString()
                : authorization.IsPresigned
                    ? HoistedHeaders.Find(request.Query, PayloadHash.Header) ?? PayloadHash.Unsigned
                : PayloadHash.Empty,
                true
            );
        }

        var actual = PayloadHash.Of(request.Body.Span);
        return (actual, sent.Count == 0 || sent == actual);
    }

    private bool Matches(
        SigV4Authorization authorization,
        WireRequest request,
        SigningCredentials credentials,
        string payloadHash,
        bool tokenSigned
    )
    {
        var canonical = Canonical(authorization, request, payloadHash, tokenSigned);
        var toSign = CanonicalRequest.StringToSign(authorization.AmzDate, authorization.Scope, canonical);
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(SigningKeys.For(credentials.SecretAccessKey, authorization.Scope), toSign, expected);
        return HexEquals(authorization.Signature, expected);
    }

    /// <summary>Returns the canonical request and the string to sign, for the answer to a wrong signature.</summary>
    internal static (string CanonicalRequest, string StringToSign) Explain(
        SigV4Authorization authorization,
        WireRequest request
    )
    {
        var (payloadHash, _) = Payload(authorization, request, authorization.Service == "s3");
        var canonical = new SigV4Verifier(TimeProvider.System)
            .Canonical(authorization, request, payloadHash, tokenSigned: true)
            .ToArray();
        var toSign = CanonicalRequest.StringToSign(authorization.AmzDate, authorization.Scope, canonical);
        return (Encoding.UTF8.GetString(canonical), Encoding.UTF8.GetString(toSign));
    }

    private ReadOnlySpan<byte> Canonical(
        SigV4Authorization authorization,
        WireRequest request,
        string payloadHash,
        bool tokenSigned
    )
    {
        var query =
            !authorization.IsPresigned ? CanonicalQuery.Of(request.Query)
            : tokenSigned ? CanonicalQuery.Of(request.Query, "X-Amz-Signature")
            : CanonicalQuery.Of(request.Query, "X-Amz-Signature", "X-Amz-Security-Token");
        var path = CanonicalPath.Of(request.Path, PathAsIs ?? authorization.Service == "s3");
        var names = authorization.SignedHeaders as string[] ?? [.. authorization.SignedHeaders];
        return CanonicalRequest.Write(request.Method, path, query, request.Headers, names, payloadHash);
    }

    internal static bool HexEquals(ReadOnlySpan<char> hex, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        return hex.Length == 2 * SHA256.HashSizeInBytes
            && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }

    /// <summary>Returns the x-amz headers of an S3 request that the signature does not cover.</summary>
    internal static List<string> UnsignedHeaders(SigV4Authorization authorization, WireRequest request)
    {
        List<string> names = [];
        foreach (var name in request.Headers.Keys)
        {
            if (
                name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && !(authorization.IsPresigned && name.Equals(PayloadHash.Header, StringComparison.OrdinalIgnoreCase))
                && !authorization.SignedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
            )
            {
                names.Add(name.ToLowerInvariant());
            }
        }

        return names;
    }
}
