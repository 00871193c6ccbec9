using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Records;

namespace Plumbline.Cli.Homes;

/// <summary>A call of the local cloud's own API, outside AWS's, signed like an AWS call.</summary>
internal sealed class OwnCall(Uri endpoint, string region, SigningCredentials keys)
{
    /// <summary>Sends a call and returns its JSON answer.</summary>
    /// <exception cref="UserError">The cloud answers with an error.</exception>
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
