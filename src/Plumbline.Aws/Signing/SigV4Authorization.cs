using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Signing;

/// <summary>The description of a request's signature, from the Authorization header or a presigned query.</summary>
public sealed record SigV4Authorization
{
    internal const string Algorithm = "AWS4-HMAC-SHA256";

    private static readonly string[] QueryMarks = ["X-Amz-Signature=", "X-Amz-Algorithm=", "X-Amz-Credential="];

    public required string AccessKeyId { get; init; }

    /// <summary>The credential scope: <c>yyyymmdd/region/service/aws4_request</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>The region in the scope.</summary>
    public required string Region { get; init; }

    /// <summary>The signing name in the scope, such as sagemaker, which sagemaker-runtime shares.</summary>
    public required string Service { get; init; }

    /// <summary>The names of the signed headers, in lower case, in the order of the signature.</summary>
    public required IReadOnlyList<string> SignedHeaders { get; init; }

    /// <summary>The signature, in hex.</summary>
    public required string Signature { get; init; }

    /// <summary>The text of X-Amz-Date, as sent.</summary>
    public required string AmzDate { get; init; }

    /// <summary>X-Amz-Date as a time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The lifetime of a presigned request; null for signed headers.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>The session token of a temporary key; null for another key.</summary>
    public string? SessionToken { get; init; }

    /// <summary>True if the signature is in the query.</summary>
    public bool IsPresigned => Expires is not null;

    /// <param name="query">The query as sent, without its question mark.</param>
    /// <param name="headers">The request's headers.</param>
    /// <param name="authorization">The description; null unless the verdict is Valid.</param>
    /// <returns>Valid, Missing (the request is unsigned) or Incomplete (the signature cannot be read).</returns>
    public static SignatureVerdict Read(string query, IHeaderDictionary headers, out SigV4Authorization? authorization)
    {
        authorization = null;
        var header = headers.Authorization.ToString();
        if (header.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            authorization = ReadHeader(header, headers);
        }
        else if (Array.Exists(QueryMarks, mark => query.Contains(mark, StringComparison.Ordinal)))
        {
            authorization = ReadQuery(query);
        }
        else
        {
            return header.Length > 0 ? SignatureVerdict.Incomplete : SignatureVerdict.Missing;
        }

        return authorization is null ? SignatureVerdict.Incomplete : SignatureVerdict.Valid;
    }

    private static SigV4Authorization? ReadHeader(string header, IHeaderDictionary headers)
    {
        string? credential = null;
        string? signed = null;
        string? signature = null;
        foreach (var part in header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', 2))
            {
                case ["Credential", var value]:
                    credential = value;
                    break;
                case ["SignedHeaders", var value]:
                    signed = value;
                    break;
                case ["Signature", var value]:
                    signature = value;
                    break;
            }
        }

        var date = headers["X-Amz-Date"].ToString();
        if (date.Length == 0 && DateTimeOffset.TryParse(headers.Date, CultureInfo.InvariantCulture, out var httpDate))
        {
            date = httpDate.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        }

        var token = headers["X-Amz-Security-Token"];
        return Make(credential, signed, signature, date, token.Count > 0 ? token.ToString() : null, null);
    }

    private static SigV4Authorization? ReadQuery(string query)
    {
        var values = new Dictionary<string, string>();
        foreach (var piece in query.Split('&'))
        {
            if (piece.StartsWith("X-Amz-", StringComparison.Ordinal) && piece.Split('=', 2) is [var name, var value])
            {
                values[name] = PercentEncoding.Decode(value);
            }
        }

        return
            values.GetValueOrDefault("X-Amz-Algorithm") == Algorithm
            && int.TryParse(values.GetValueOrDefault("X-Amz-Expires"), CultureInfo.InvariantCulture, out var expires)
            && expires is >= 0 and <= 604800
            ? Make(
                values.GetValueOrDefault("X-Amz-Credential"),
                values.GetValueOrDefault("X-Amz-SignedHeaders"),
                values.GetValueOrDefault("X-Amz-Signature"),
                values.GetValueOrDefault("X-Amz-Date"),
                values.GetValueOrDefault("X-Amz-Security-Token"),
                TimeSpan.FromSeconds(expires)
            )
            : null;
    }

    private static SigV4Authorization? Make(
        string? credential,
        string? signed,
        string? signature,
        string? date,
        string? token,
        TimeSpan? expires
    )
    {
        if (
            string.IsNullOrEmpty(signed)
            || string.IsNullOrEmpty(signature)
            || credential?.Split('/') is not [{ Length: > 0 } key, var day, var region, var service, "aws4_request"]
            || !DateTimeOffset.TryParseExact(
                date,
                "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            || !date.StartsWith(day, StringComparison.Ordinal)
            || day.Length != 8
        )
        {
            return null;
        }

        return new SigV4Authorization
        {
            AccessKeyId = key,
            Scope = credential[(key.Length + 1)..],
            Region = region,
            Service = service,
            SignedHeaders = signed.Split(';'),
            Signature = signature,
            AmzDate = date,
            Time = time,
            Expires = expires,
            SessionToken = token,
        };
    }
}
