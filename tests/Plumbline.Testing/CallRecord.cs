using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Plumbline.Testing;

/// <summary>
/// Calls as they were on the wire, one JSON object per line, for <c>tests/wire/check.py</c>. A body is base64; a body
/// larger than <see cref="Limit"/> is null and marked as left out.
/// </summary>
internal sealed class CallRecord(string file) : IDisposable
{
    /// <summary>The largest recorded body, in bytes.</summary>
    public const int Limit = 64 * 1024;

    private readonly StreamWriter lines = new(file);
    private readonly Lock one = new();

    /// <summary>Writes a call; returns when the call is in the file.</summary>
    public void Write(HttpRequest request, string url, byte[]? sent, HttpResponse response, byte[]? answered)
    {
        var line = JsonSerializer.Serialize(
            new
            {
                method = request.Method,
                url,
                requestHeaders = Headers(request.Headers),
                requestBody = sent,
                requestBodyLeftOut = sent is null,
                status = response.StatusCode,
                responseHeaders = Headers(response.Headers),
                responseBody = answered,
                responseBodyLeftOut = answered is null,
            }
        );
        lock (one)
        {
            lines.WriteLine(line);
            lines.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    private static Dictionary<string, string> Headers(IHeaderDictionary headers) =>
        headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value.ToArray()));
}
