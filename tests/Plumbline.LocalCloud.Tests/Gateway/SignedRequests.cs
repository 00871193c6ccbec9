using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>Makes requests by hand, so that a test can sign one thing and send another.</summary>
internal sealed class SignedRequests(LocalCloudHost host)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    public SigningCredentials Keys { get; init; } = Of(host.Keys);

    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    public string Service { get; init; } = "sagemaker";

    /// <summary>Receives each answer, so that a test can read its headers.</summary>
    public Action<HttpResponseMessage>? Answered { get; init; }

    public static SigningCredentials Of(KeyPair keys) => new(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);

    /// <summary>Sends a signed request; <paramref name="sent"/> replaces the signed body.</summary>
    public Task<(HttpStatusCode Status, string Body)> SendAsync(
        string method,
        string target,
        string body = "",
        Dictionary<string, string>? headers = null,
        string? payloadHash = null,
        byte[]? sent = null
    )
    {
        var wire = Wire(method, target, body, headers);
        new SigV4Signer("us-east-1", Service).Sign(wire, Keys, Time, payloadHash);
        return SendAsync(wire, target, sent ?? wire.Body.ToArray());
    }

    /// <summary>Returns the target of a presigned request.</summary>
    public string Presign(string method, string target, TimeSpan expires)
    {
        var wire = Wire(method, target, "", null);
        return wire.Path + "?" + new SigV4Signer("us-east-1", Service).Presign(wire, Keys, Time, expires);
    }

    public WireRequest Wire(string method, string target, string body, Dictionary<string, string>? headers)
    {
        var all = new HeaderDictionary { ["Host"] = host.Endpoint.Authority };
        foreach (var (name, value) in headers ?? [])
        {
            all[name] = value;
        }

        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return new WireRequest(
            method,
            mark < 0 ? target : target[..mark],
            mark < 0 ? "" : target[(mark + 1)..],
            all,
            Encoding.UTF8.GetBytes(body)
        );
    }

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(WireRequest wire, string target, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(wire.Method), AsWritten(target));
        request.Content = new ByteArrayContent(body);
        foreach (var (name, value) in wire.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToString()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        using var answer = await Http.SendAsync(request);
        Answered?.Invoke(answer);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>By default, Uri resolves dots and some escapes, which would change a key.</summary>
    private Uri AsWritten(string target) =>
        new(
            $"http://{host.Endpoint.Authority}{target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
}
