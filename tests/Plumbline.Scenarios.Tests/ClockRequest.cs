using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;

namespace Plumbline.Scenarios.Tests;

/// <summary>Moves civil time, signed like any call.</summary>
public static class ClockRequest
{
    /// <summary>Advances the clock.</summary>
    public static async Task AdvanceAsync(
        HttpClient http,
        Uri endpoint,
        IReadOnlyDictionary<string, string> environment,
        TimeSpan step
    )
    {
        const string Path = "/_plumbline/clock";
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["advanceSeconds"] = step.TotalSeconds }.ToJsonString());
        var headers = new HeaderDictionary { ["Host"] = endpoint.Authority };
        var keys = new SigningCredentials(environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]);
        var signer = new SigV4Signer(environment["AWS_DEFAULT_REGION"], "plumbline");
        signer.Sign(new WireRequest("POST", Path, "", headers, body), keys, TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, Path))
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in headers.Where(header => header.Key != "Host"))
        {
            request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
