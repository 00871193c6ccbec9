using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Fuzzing;

/// <summary>Signs requests with the account's keys and sends them unchanged.</summary>
internal sealed class RequestSender(Uri endpoint, SigningCredentials keys)
{
    private static readonly HttpClient Http = new(
        new SocketsHttpHandler { UseProxy = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }
    )
    {
        Timeout = InTime.Limit,
    };

    /// <summary>Returns the status and the error's code; null if HTTP cannot carry the request.</summary>
    /// <exception cref="TaskCanceledException">The answer did not come in time.</exception>
    public async Task<(int Status, string Body)?> SendAsync(FuzzedRequest fuzzed)
    {
        var wire = fuzzed.Wire;
        var headers = new HeaderDictionary { ["Host"] = endpoint.Authority };
        foreach (var (name, value) in wire.Headers)
        {
            headers[name] = value;
        }

        wire = wire with { Headers = headers };
        new SigV4Signer("us-east-1", fuzzed.Service.SigningName).Sign(wire, keys, DateTimeOffset.UtcNow, null);
        try
        {
            using var request = Request(wire);
            using var answer = await Http.SendAsync(request);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception exception)
            when (exception is UriFormatException or FormatException or ArgumentException
                || exception is HttpRequestException { HttpRequestError: HttpRequestError.Unknown }
            )
        {
            return null;
        }
    }

    private HttpRequestMessage Request(WireRequest wire)
    {
        var target = wire.Query.Length == 0 ? wire.Path : $"{wire.Path}?{wire.Query}";
        var request = new HttpRequestMessage(
            new HttpMethod(wire.Method),
            // By default, Uri resolves dots and some escapes.
            new Uri(
                $"http://{endpoint.Authority}{target}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            )
        )
        {
            Content = new ByteArrayContent(wire.Body.ToArray()),
        };
        foreach (var (name, value) in wire.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToString()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        return request;
    }
}
