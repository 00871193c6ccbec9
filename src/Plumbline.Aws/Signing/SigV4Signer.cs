using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Signing;

/// <summary>
/// Signs requests for one service in one region: AWS Signature Version 4, with headers or in the query.
/// </summary>
/// <param name="region">Such as us-east-1.</param>
/// <param name="service">The signing name, such as sagemaker.</param>
public sealed class SigV4Signer(string region, string service)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    // Proxies and HTTP stacks add or change these headers on the way.
    private static readonly HashSet<string> NeverSigned = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization",
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-amzn-trace-id",
    };

    /// <summary>
    /// True if the path is signed unchanged, which is S3's rule. The golden test cases need both values.
    /// </summary>
    public bool PathAsIs { get; init; } = service == "s3";

    /// <summary>
    /// Adds X-Amz-Date, the session token and Authorization to the headers, which must hold Host. Without a given
    /// payload hash, the body is hashed; the hash is sent if the headers have the name x-amz-content-sha256.
    /// </summary>
    public void Sign(
        WireRequest request,
        SigningCredentials credentials,
        DateTimeOffset time,
        string? payloadHash = null
    )
    {
        var headers = request.Headers;
        var amzDate = time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        headers["X-Amz-Date"] = amzDate;
        if (credentials.SessionToken is { } token)
        {
            headers["X-Amz-Security-Token"] = token;
        }

        payloadHash ??= PayloadHash.Of(request.Body.Span);
        if (service == "s3" || headers.ContainsKey(PayloadHash.Header))
        {
            headers[PayloadHash.Header] = payloadHash;
        }

        var names = SignedNames(headers);
        var scope = Scope(amzDate);
        var signature = Signature(
            request,
            CanonicalQuery.Of(request.Query),
            names,
            payloadHash,
            amzDate,
            scope,
            credentials
        );
        headers.Authorization =
            $"AWS4-HMAC-SHA256 Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}";
    }

    /// <summary>Returns the query of a presigned request; its user must send every header of the request.</summary>
    public string Presign(
        WireRequest request,
        SigningCredentials credentials,
        DateTimeOffset time,
        TimeSpan expires,
        string? payloadHash = null
    )
    {
        var amzDate = time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var scope = Scope(amzDate);
        var names = SignedNames(request.Headers);
        var query =
            $"{request.Query}{(request.Query.Length > 0 ? "&" : "")}X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + $"&X-Amz-Credential={PercentEncoding.Encode($"{credentials.AccessKeyId}/{scope}")}&X-Amz-Date={amzDate}"
            + $"&X-Amz-SignedHeaders={PercentEncoding.Encode(string.Join(';', names))}&X-Amz-Expires={(long)expires.TotalSeconds}";
        if (credentials.SessionToken is { } token)
        {
            query += $"&X-Amz-Security-Token={PercentEncoding.Encode(token)}";
        }

        payloadHash ??= service == "s3" ? PayloadHash.Unsigned : PayloadHash.Of(request.Body.Span);
        var signature = Signature(request, CanonicalQuery.Of(query), names, payloadHash, amzDate, scope, credentials);
        return $"{query}&X-Amz-Signature={signature}";
    }

    private string Scope(string amzDate) => $"{amzDate[..8]}/{region}/{service}/aws4_request";

    private string Signature(
        WireRequest request,
        string canonicalQuery,
        string[] names,
        string payloadHash,
        string amzDate,
        string scope,
        SigningCredentials credentials
    )
    {
        var path = CanonicalPath.Of(request.Path, PathAsIs);
        var canonical = CanonicalRequest.Write(
            request.Method,
            path,
            canonicalQuery,
            request.Headers,
            names,
            payloadHash
        );
        var toSign = CanonicalRequest.StringToSign(amzDate, scope, canonical);
        return Convert.ToHexStringLower(
            HMACSHA256.HashData(SigningKeys.For(credentials.SecretAccessKey, scope), toSign)
        );
    }

    private static string[] SignedNames(IHeaderDictionary headers)
    {
        var names = headers
            .Keys.Where(name => !NeverSigned.Contains(name))
            .Select(name => name.ToLowerInvariant())
            .ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }
}
