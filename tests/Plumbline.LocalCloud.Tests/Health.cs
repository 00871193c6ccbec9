using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;

namespace Plumbline.LocalCloud.Tests;

/// <summary>Reads the local cloud's report on its health.</summary>
internal static class Health
{
    private const string Path = "/_plumbline/health";

    public static async Task<JsonObject> HealthAsync(this RunningCloud cloud)
    {
        var endpoint = cloud.Host.Endpoint;
        var headers = new HeaderDictionary { ["Host"] = endpoint.Authority };
        var keys = new SigningCredentials(cloud.Host.Keys.AccessKeyId, cloud.Host.Keys.SecretAccessKey);
        new SigV4Signer(LocalCloudIdentity.Region, "plumbline").Sign(
            new WireRequest("GET", Path, "", headers, default),
            keys,
            TimeProvider.System.GetUtcNow()
        );
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint, Path));
        foreach (var (name, value) in headers.Where(header => header.Key != "Host"))
        {
            request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonObject>(await answer.Content.ReadAsStringAsync())!;
    }
}
