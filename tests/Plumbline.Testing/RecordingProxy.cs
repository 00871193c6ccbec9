using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Plumbline.Testing;

/// <summary>A call through the proxy.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Query">The part behind the question mark; empty without a query.</param>
/// <param name="Target">
/// The operation of a JSON protocol, such as <c>SageMaker.CreatePipeline</c>; empty for others.
/// </param>
/// <param name="Authorization">The whole header; empty for an unsigned call.</param>
/// <param name="Status">The HTTP status of the answer.</param>
public sealed record RecordedCall(
    string Method,
    string Path,
    string Query,
    string Target,
    string Authorization,
    int Status
);

/// <summary>An answer that the proxy makes itself.</summary>
/// <param name="Status">The HTTP status.</param>
public sealed record CannedAnswer(int Status, string ContentType, string Body);

/// <summary>
/// An ordinary HTTP proxy that records calls. All calls of a program with <c>http_proxy</c> set to it pass through it,
/// also those of git and of AWS's own clients.
/// </summary>
public sealed class RecordingProxy : IAsyncDisposable
{
    /// <summary>Headers that belong to one connection and are not passed on.</summary>
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Transfer-Encoding",
        // Kestrel has answered it when the body is read.
        "Expect",
    };

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly WebApplication app;
    private readonly CallRecord? record;
    private readonly ConcurrentQueue<RecordedCall> calls = new();
    private readonly HttpMessageInvoker onward = new(
        new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }
    );

    private RecordingProxy(WebApplication app, CallRecord? record)
    {
        this.app = app;
        this.record = record;
    }

    public string Url => app.Urls.Single();

    /// <summary>Answers a call instead of the real server; null passes the call on.</summary>
    public Func<HttpRequest, CannedAnswer?> Instead { get; set; } = _ => null;

    /// <summary>The calls so far, in the order of their answers.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. calls];

    /// <summary>Starts the proxy on a free port.</summary>
    /// <param name="file">The file for complete calls, one per line; null records only <see cref="Calls"/>.</param>
    public static async Task<RecordingProxy> StartAsync(string? file = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var proxy = new RecordingProxy(builder.Build(), file is null ? null : new CallRecord(file));
        proxy.app.Run(proxy.PassAsync);
        await proxy.app.StartAsync();
        return proxy;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        onward.Dispose();
        record?.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var wanted = new Uri(context.Features.Get<IHttpRequestFeature>()!.RawTarget, AsItIs);
        if (Instead(context.Request) is { } canned)
        {
            List(context.Request, wanted, canned.Status);
            context.Response.StatusCode = canned.Status;
            context.Response.ContentType = canned.ContentType;
            await context.Response.WriteAsync(canned.Body, context.RequestAborted);
            return;
        }

        await using var sent = new RememberingStream(context.Request.Body, CallRecord.Limit);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), wanted)
        {
            Content = new StreamContent(sent),
        };
        foreach (var (name, value) in context.Request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        if (context.Request is { ContentLength: null, Headers.TransferEncoding.Count: 0 })
        {
            request.Content = null;
        }

        using var answer = await onward.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!OfTheConnection.Contains(name))
            {
                context.Response.Headers[name] = value.ToArray();
            }
        }

        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var beginning = await BeginningAsync(body, context.RequestAborted);
        // Before the body, so that a caller with an answer finds the call in the list.
        List(context.Request, wanted, (int)answer.StatusCode);
        record?.Write(
            context.Request,
            wanted.OriginalString,
            sent.Seen,
            context.Response,
            beginning.Length > CallRecord.Limit ? null : beginning
        );
        await context.Response.Body.WriteAsync(beginning, context.RequestAborted);
        await body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private void List(HttpRequest request, Uri wanted, int status) =>
        calls.Enqueue(
            new RecordedCall(
                request.Method,
                wanted.AbsolutePath,
                wanted.Query.TrimStart('?'),
                request.Headers["X-Amz-Target"].ToString(),
                request.Headers.Authorization.ToString(),
                status
            )
        );

    /// <summary>The recorded part of an answer; one byte more shows that the answer is longer.</summary>
    private async Task<byte[]> BeginningAsync(Stream body, CancellationToken cancellation)
    {
        if (record is null)
        {
            return [];
        }

        var buffer = new byte[CallRecord.Limit + 1];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return buffer[..count];
    }
}
