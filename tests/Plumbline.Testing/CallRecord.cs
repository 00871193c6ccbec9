using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Plumbline.Testing;

/// <summary>
/// Calls as they were on the wire, a JSON object a line: what <c>tests/wire/check.py</c> reads. A body is base64; one that is
/// larger than <see cref="Limit"/> is null and said to be left out.
/// </summary>
internal sealed class CallRecord(string file) : IDisposable
{
    /// <summary>The most bytes of a body that are kept.</summary>
    public const int Limit = 64 * 1024;

    private readonly StreamWriter lines = new(file);
    private readonly Lock one = new();

    /// <summary>Writes a call; it is in the file when this returns.</summary>
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
