using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols.Rest;

namespace Plumbline.Aws.Signing;

/// <summary>Explains in S3's words why a signature of version 4 cannot be read.</summary>
internal static class MalformedSignature
{
    private const int LongestLife = 604800;

    private static readonly string[] Required =
    [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Signature",
        "X-Amz-Date",
        "X-Amz-SignedHeaders",
        "X-Amz-Expires",
    ];

    public static string InQuery(string query)
    {
        var pairs = QueryPairs.Parse(query);
        if (Required.Any(name => string.IsNullOrEmpty(Value(name))))
        {
            return "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
                + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
        }

        if (Value("X-Amz-Algorithm") != SigV4Authorization.Algorithm)
        {
            return "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"";
        }

        return Lifetime(Value("X-Amz-Expires")!)
            ?? (
                Credential(Value("X-Amz-Credential")!) is { } wrong
                    ? $"Error parsing the X-Amz-Credential parameter; {wrong}"
                    : null
            )
            ?? Date(Value("X-Amz-Credential")!, Value("X-Amz-Date")!)
            ?? "The signed headers must name the header host.";

        string? Value(string name) => pairs.Find(pair => pair.Key == name).Value;
    }

    public static string InHeader(IHeaderDictionary headers)
    {
        var header = headers.Authorization.ToString();
        if (!header.StartsWith(SigV4Authorization.Algorithm, StringComparison.Ordinal))
        {
            return $"the algorithm must be {SigV4Authorization.Algorithm}.";
        }

        var parts = header[SigV4Authorization.Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries);
        foreach (var name in (string[])["Credential", "SignedHeaders", "Signature"])
        {
            if (string.IsNullOrEmpty(Value(name)))
            {
                return $"missing {name}.";
            }
        }

        return Credential(Value("Credential")!)
            ?? Date(Value("Credential")!, headers["X-Amz-Date"].ToString())
            ?? "the signed headers must name the header host.";

        string? Value(string name) =>
            Array.Find(parts, part => part.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
    }

    private static string? Lifetime(string expires) =>
        !long.TryParse(expires, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? "X-Amz-Expires should be a number"
        : seconds < 0 ? "X-Amz-Expires must be non-negative"
        : seconds > LongestLife
            ? $"X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than {LongestLife} seconds"
        : null;

    private static string? Credential(string credential) =>
        credential.Split('/') is [{ Length: > 0 }, { Length: 8 }, _, _, "aws4_request"]
            ? null
            : "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";

    private static string? Date(string credential, string date)
    {
        if (
            date.Length > 0
            && !DateTimeOffset.TryParseExact(
                date,
                "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out _
            )
        )
        {
            return "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"";
        }

        var day = credential.Split('/')[1];
        return date.StartsWith(day, StringComparison.Ordinal)
            ? null
            : $"Invalid credential date \"{day}\". This date is not the same as X-Amz-Date: \"{(date.Length > 8 ? date[..8] : date)}\".";
    }
}
