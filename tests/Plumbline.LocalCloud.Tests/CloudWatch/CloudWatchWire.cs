using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

/// <summary>A CloudWatch client for one of its protocols.</summary>
internal sealed class CloudWatchWire(LocalCloudHost host, string protocol)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    private static readonly ServiceModel Model = ServiceModel.For("monitoring");

    public string Protocol => protocol;

    /// <summary>One client for each protocol.</summary>
    public static CloudWatchWire[] All(LocalCloudHost host) =>
        [.. Model.Protocols.Select(protocol => new CloudWatchWire(host, protocol))];

    public async Task<JsonObject> CallAsync(string operation, JsonObject input)
    {
        var answer = await SendAsync(operation, input);
        answer.Status.ShouldBe(200, Encoding.UTF8.GetString(answer.Body.Span));
        return CodecTable.For(Model, protocol).ReadResponse(Model.Operations[operation], answer);
    }

    public async Task<(int Status, AwsException Error)> RefusalAsync(string operation, JsonObject input)
    {
        var answer = await SendAsync(operation, input);
        return (answer.Status, CodecTable.For(Model, protocol).ReadError(answer));
    }

    /// <summary>Returns the raw answer.</summary>
    public async Task<WireResponse> SendAsync(string operation, JsonObject input)
    {
        var wire = CodecTable.For(Model, protocol).WriteRequest(Model.Operations[operation], input);
        wire.Headers["Host"] = host.Endpoint.Authority;
        new SigV4Signer("us-east-1", "monitoring").Sign(
            wire,
            SignedRequests.Of(host.Keys),
            DateTimeOffset.UtcNow,
            null
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Endpoint, wire.Path));
        request.Content = new ByteArrayContent(wire.Body.ToArray());
        foreach (var (name, value) in wire.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToString()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        using var answer = await Http.SendAsync(request);
        var headers = new HeaderDictionary();
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            headers[name] = values.ToArray();
        }

        return new WireResponse((int)answer.StatusCode, headers, await answer.Content.ReadAsByteArrayAsync());
    }
}
