using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Records;

namespace Plumbline.Cli.Homes;

/// <summary>A call of the local cloud's own, outside AWS's API, signed like any.</summary>
/// <param name="endpoint">The local cloud.</param>
/// <param name="region">Its region.</param>
/// <param name="keys">What it is signed with.</param>
internal sealed class OwnCall(Uri endpoint, string region, SigningCredentials keys)
{
    /// <summary>Asks, and returns the answer.</summary>
    /// <exception cref="UserError">The cloud refuses.</exception>
    public async Task<JsonObject> SendAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var headers = new HeaderDictionary { ["Host"] = endpoint.Authority };
        var wire = new WireRequest(method.Method, path, "", headers, body);
        new SigV4Signer(region, "plumbline").Sign(wire, keys, TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(method, new Uri(endpoint, path));
        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in headers.Where(header => header.Key != "Host"))
        {
            request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonObject>(text)!
            : throw new UserError(path, text);
    }
}
