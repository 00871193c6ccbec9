using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Polly;

namespace Plumbline.Aws.Client;

/// <summary>Sends requests, and signs each attempt again, because a signature holds the time.</summary>
internal sealed class HttpTransport(AwsConnection connection, Codec codec, SigV4Signer signer)
{
    // InvokeEndpoint may take 60 s; every other call is much faster.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(120);

    private readonly ResiliencePipeline retries = Retries.Standard(connection.MaxAttempts, connection.Clock);

    /// <exception cref="AwsException">
    /// The service answered with an error, or did not answer (code ConnectionError, status 0).
    /// </exception>
    public async Task<WireResponse> SendAsync(WireRequest request, Uri endpoint, CancellationToken cancellationToken) =>
        await retries.ExecuteAsync(async token => await AttemptAsync(request, endpoint, token), cancellationToken);

    private async Task<WireResponse> AttemptAsync(
        WireRequest request,
        Uri endpoint,
        CancellationToken cancellationToken
    )
    {
        var authority = connection.ConfiguredEndpointOf(codec.Model) is null
            ? request.HostPrefix + endpoint.Authority
            : endpoint.Authority;
        var target = $"{endpoint.Scheme}://{authority}{endpoint.AbsolutePath.TrimEnd('/')}{request.Path}";
        var headers = new HeaderDictionary { ["Host"] = authority };
        foreach (var header in request.Headers)
        {
            headers[header.Key] = header.Value;
        }

        var signed = request with { Path = endpoint.AbsolutePath.TrimEnd('/') + request.Path, Headers = headers };
        signer.Sign(signed, await connection.SigningCredentialsAsync(), connection.Clock.GetUtcNow());

        using var message = Message(signed, target);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(LongestAnswer);
        try
        {
            using var answer = await connection.Http.SendAsync(message, limited.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limited.Token);
            var response = new WireResponse((int)answer.StatusCode, HeadersOf(answer), body);
            return answer.IsSuccessStatusCode ? response : throw codec.ReadError(response);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new AwsException("ConnectionError", 0, $"Could not reach {target}: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = LongestAnswer.TotalSeconds;
            throw new AwsException("ConnectionError", 0, $"No answer from {target} within {seconds} s.", error);
        }
    }

    private static HttpRequestMessage Message(WireRequest request, string target)
    {
        // The path must arrive as it was signed.
        var asIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var uri = new Uri(request.Query.Length > 0 ? $"{target}?{request.Query}" : target, in asIs);
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        if (!request.Body.IsEmpty || request.Headers.ContentType.Count > 0)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
        }

        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
            {
                if (!message.Headers.TryAddWithoutValidation(name, value))
                {
                    message.Content?.Headers.TryAddWithoutValidation(name, value);
                }
            }
        }

        return message;
    }

    private static HeaderDictionary HeadersOf(HttpResponseMessage answer)
    {
        var headers = new HeaderDictionary();
        Add(answer.Headers);
        Add(answer.Content.Headers);
        return headers;

        void Add(HttpHeaders from)
        {
            foreach (var header in from.NonValidated)
            {
                headers.Append(header.Key, header.Value.ToArray());
            }
        }
    }
}
