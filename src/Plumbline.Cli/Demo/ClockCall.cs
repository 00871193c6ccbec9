using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Records;

namespace Plumbline.Cli.Demo;

/// <summary>Moves a local cloud's civil time forward: the one call outside AWS's API, signed like any.</summary>
internal sealed class ClockCall(Uri endpoint, string region, SigningCredentials keys)
{
    private const string Path = "/_plumbline/clock";

    /// <summary>Advances the clock.</summary>
    /// <exception cref="UserError">The cloud was not started with <c>--movable-clock</c>.</exception>
    public async Task AdvanceAsync(HttpClient http, TimeSpan step, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["advanceSeconds"] = step.TotalSeconds }.ToJsonString());
        var headers = new HeaderDictionary { ["Host"] = endpoint.Authority };
        var wire = new WireRequest("POST", Path, "", headers, body);
        new SigV4Signer(region, "plumbline").Sign(wire, keys, TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, Path))
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in headers.Where(header => header.Key != "Host"))
        {
            request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new UserError(Path, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
