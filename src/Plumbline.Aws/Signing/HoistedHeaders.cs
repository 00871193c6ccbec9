using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Protocols.Rest;

namespace Plumbline.Aws.Signing;

/// <summary>
/// Headers in the query: the author of a presigned address cannot make its user send headers, so presigners put them
/// into the query, and S3 reads them there.
/// </summary>
public static class HoistedHeaders
{
    private static readonly HashSet<string> OfTheSignature = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature",
        "X-Amz-Security-Token",
    };

    private static readonly HashSet<string> MayBeUnsigned = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type",
        "Content-MD5",
        "If-Match",
        "If-None-Match",
    };

    /// <summary>True if the query holds a signature of either version.</summary>
    public static bool IsPresigned(string query) =>
        query.Length > 0
        && (query.Contains("X-Amz-Signature=", StringComparison.Ordinal) || SigV2Presigned.IsIn(query));

    /// <summary>
    /// Moves the query's headers back to the headers. For a header that may be sent unsigned, the query's signed value
    /// replaces a sent one; for the others, a sent value was signed too and stays.
    /// </summary>
    public static WireRequest Lower(WireRequest request)
    {
        if (!IsPresigned(request.Query))
        {
            return request;
        }

        var isVersion2 = SigV2Presigned.IsIn(request.Query);
        var headers = new HeaderDictionary();
        foreach (var (name, values) in request.Headers)
        {
            headers[name] = values;
        }

        // Decode as they were signed: a plus is a plus.
        foreach (var (name, value) in QueryPairs.Parse(request.Query))
        {
            if (OfTheSignature.Contains(name) || (isVersion2 && SigV2Presigned.Parameters.Contains(name)))
            {
                continue;
            }

            if (MayBeUnsigned.Contains(name))
            {
                headers[name] = value;
            }
            else
            {
                headers.TryAdd(name, value);
            }
        }

        return request with
        {
            Headers = headers,
        };
    }

    internal static string? Find(string query, string header) =>
        QueryPairs.Parse(query).Find(pair => pair.Key.Equals(header, StringComparison.OrdinalIgnoreCase))
            is { Key: not null } found
            ? found.Value
            : null;
}
