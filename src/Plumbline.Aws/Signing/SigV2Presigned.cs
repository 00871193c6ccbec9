using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Protocols.Rest;

namespace Plumbline.Aws.Signing;

/// <summary>
/// An S3 address signed by signature version 2: HMAC-SHA1 over method, headers and path, sent in the query. boto3 and
/// JavaScript's SDK 2 make these by default in us-east-1.
/// </summary>
/// <param name="Signature">The signature, base64.</param>
/// <param name="Expires">The expiry in seconds since 1970, as sent.</param>
/// <param name="SessionToken">The session token of a temporary key; null for another key.</param>
public sealed record SigV2Presigned(string AccessKeyId, string Signature, string Expires, string? SessionToken)
{
    /// <summary>The parameters that carry the signature itself.</summary>
    internal static readonly string[] Parameters = ["AWSAccessKeyId", "Signature", "Expires"];

    /// <summary>
    /// Signed parameters: with them a request asks for something other than the object's bytes. All others are
    /// unsigned.
    /// </summary>
    private static readonly HashSet<string> Subresources =
    [
        .. (
            "accelerate acl analytics attributes cors defaultObjectAcl delete encryption intelligent-tiering inventory legal-hold "
            + "lifecycle location logging metrics notification object-lock ownershipControls partNumber policy policyStatus "
            + "publicAccessBlock replication requestPayment restore retention select select-type storageClass tagging torrent "
            + "uploadId uploads versionId versioning versions website response-cache-control response-content-disposition "
            + "response-content-encoding response-content-language response-content-type response-expires"
        ).Split(' '),
    ];

    /// <summary>The time of expiry; null if <see cref="Expires"/> is not a number of seconds.</summary>
    public DateTimeOffset? End =>
        long.TryParse(Expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>True if the query has a part of such a signature.</summary>
    public static bool IsIn(string query) =>
        query.Contains("AWSAccessKeyId=", StringComparison.Ordinal)
        || query.StartsWith("Signature=", StringComparison.Ordinal)
        || query.Contains("&Signature=", StringComparison.Ordinal);

    /// <summary>Reads the signature, or returns null if a part is missing.</summary>
    /// <param name="query">The query as sent, without its question mark.</param>
    public static SigV2Presigned? Read(string query)
    {
        var pairs = QueryPairs.Parse(query);
        return Parameters.Select(name => Value(pairs, name)).ToArray() is [{ } key, { } signature, { } expires]
            ? new SigV2Presigned(key, signature, expires, Value(pairs, "x-amz-security-token"))
            : null;
    }

    public string StringToSign(WireRequest request)
    {
        var pairs = QueryPairs.Parse(request.Query);
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');
        text.Append(Standard("content-md5")).Append('\n').Append(Standard("content-type")).Append('\n');
        text.Append(Expires).Append('\n');
        foreach (var (name, value) in AmzHeaders(request, pairs))
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        return text.Append(request.Path).Append(Subresource(pairs)).ToString();

        // Signers move these headers into the query too; the query's value was signed, whatever header the client
        // sends.
        string Standard(string name) => Value(pairs, name) ?? request.Headers[name].ToString().Trim();
    }

    /// <summary>True if the key pair made the signature over this request.</summary>
    public bool IsSignedBy(SigningCredentials credentials, WireRequest request) =>
        Matches(credentials, request)
        || (
            // The address of a bucket is signed with a final slash, even if it is sent without one.
            request.Path.LastIndexOf('/') == 0
            && Matches(credentials, request with { Path = request.Path + "/" })
        );

    public static string Sign(SigningCredentials credentials, string stringToSign) =>
#pragma warning disable CA5350 // version 2 is defined with SHA-1; an HMAC does not depend on the broken property
        Convert.ToBase64String(
            HMACSHA1.HashData(Encoding.UTF8.GetBytes(credentials.SecretAccessKey), Encoding.UTF8.GetBytes(stringToSign))
        );
#pragma warning restore CA5350

    private bool Matches(SigningCredentials credentials, WireRequest request) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(credentials, StringToSign(request))),
            Encoding.UTF8.GetBytes(Signature)
        );

    private static SortedDictionary<string, string> AmzHeaders(
        WireRequest request,
        List<KeyValuePair<string, string>> pairs
    )
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs.Where(pair => IsAmz(pair.Key)))
        {
            headers.TryAdd(name.ToLowerInvariant(), value.Trim());
        }

        foreach (var (name, values) in request.Headers.Where(header => IsAmz(header.Key)))
        {
            headers[name.ToLowerInvariant()] = string.Join(',', values.Select(value => value?.Trim()));
        }

        return headers;
    }

    private static string Subresource(List<KeyValuePair<string, string>> pairs)
    {
        var signed = pairs
            .Where(pair => Subresources.Contains(pair.Key))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Value.Length > 0 ? $"{pair.Key}={pair.Value}" : pair.Key)
            .ToList();
        return signed.Count > 0 ? "?" + string.Join('&', signed) : "";
    }

    private static bool IsAmz(string name) => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase);

    private static string? Value(List<KeyValuePair<string, string>> pairs, string name)
    {
        var found = pairs.Find(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found.Key is null ? null : found.Value;
    }
}
