using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Plumbline.Serving;

/// <summary>The content types of rows and answers, and the headers that name them.</summary>
internal static class MediaTypes
{
    public const string Csv = "text/csv";
    public const string Json = "application/json";

    /// <summary>
    /// Returns true for CSV and false for JSON: the first type of the list that this server can write. AWS's clients
    /// send only one type.
    /// </summary>
    /// <exception cref="RequestError">406: the list has neither.</exception>
    public static bool WantsCsv(StringValues accept)
    {
        if (accept.Count == 0)
        {
            return false;
        }
        foreach (var range in accept.ToString().AsSpan().Split(','))
        {
            var type = Of(accept.ToString()[range]);
            if (type.Equals(Csv, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
            if (type is "" or "*/*" or "application/*" || type.Equals(Json, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }
        throw new RequestError(
            StatusCodes.Status406NotAcceptable,
            $"the Accept type is not supported: ask for {Json} or {Csv}"
        );
    }

    /// <summary>Returns the type of a header, without its parameters.</summary>
    public static ReadOnlySpan<char> Of(string? header)
    {
        var text = header.AsSpan();
        var end = text.IndexOf(';');
        return (end < 0 ? text : text[..end]).Trim();
    }
}
