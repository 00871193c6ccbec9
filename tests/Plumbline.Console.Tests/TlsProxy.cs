using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Plumbline.WebConsole.Tests;

/// <summary>A TLS proxy in front of a console, with the headers that docs/console.md tells nginx to send.</summary>
public sealed class TlsProxy : IAsyncDisposable
{
    /// <summary>The public name; the test's browser maps it to this machine.</summary>
    public const string Name = "loop.example.org";

    private static readonly string[] PerConnection = ["Transfer-Encoding", "Connection", "Keep-Alive", "Host"];

    private readonly WebApplication application;
    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    );

    private TlsProxy(WebApplication application) => this.application = application;

    /// <summary>The public address of the console.</summary>
    public Uri Url { get; private set; } = null!;

    public static async Task<TlsProxy> StartAsync(Uri console)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate()))
            );
        var application = builder.Build();
        var proxy = new TlsProxy(application);
        application.Run(context => proxy.PassOnAsync(context, console));
        await application.StartAsync();
        proxy.Url = new UriBuilder(application.Urls.Single()) { Host = Name }.Uri;
        return proxy;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        http.Dispose();
    }

    private async Task PassOnAsync(HttpContext context, Uri console)
    {
        var (from, to) = (context.Request, context.Response);
        using var request = new HttpRequestMessage(
            new HttpMethod(from.Method),
            new Uri(console, $"{from.Path}{from.QueryString}")
        );
        if (!HttpMethods.IsGet(from.Method))
        {
            request.Content = new StreamContent(from.Body);
        }

        foreach (var (name, values) in from.Headers.Where(header => !PerConnection.Contains(header.Key)))
        {
            _ =
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)
                || (request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values) ?? false);
        }

        request.Headers.Host = from.Host.Value;
        request.Headers.Add("X-Forwarded-Host", from.Host.Value);
        request.Headers.Add("X-Forwarded-Proto", from.Scheme);
        request.Headers.Add("X-Forwarded-For", $"{context.Connection.RemoteIpAddress}");
        using var answer = await http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            context.RequestAborted
        );
        to.StatusCode = (int)answer.StatusCode;
        foreach (
            var (name, values) in answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header => !PerConnection.Contains(header.Key))
        )
        {
            to.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(to.Body, context.RequestAborted);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
