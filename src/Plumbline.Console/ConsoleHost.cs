using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Loop.Home;
using Plumbline.WebConsole.Api;
using Plumbline.WebConsole.Captures;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.Live;
using Plumbline.WebConsole.Pages;
using Plumbline.WebConsole.People;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole;

/// <summary>The web console: a client of AWS's API, for AWS and for the local cloud.</summary>
public sealed class ConsoleHost : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly LoopClients clients;

    private ConsoleHost(WebApplication application, LoopClients clients, Uri endpoint) =>
        (this.application, this.clients, Endpoint) = (application, clients, endpoint);

    public Uri Endpoint { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ConsoleHost> StartAsync(
        ConsoleOptions options,
        Action<ILoggingBuilder>? logging = null,
        CancellationToken cancellationToken = default
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        logging?.Invoke(builder.Logging);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(options.Address, options.Port);
                kestrel.Limits.MaxRequestBodySize = LargestBody;
            });
        var clients = new LoopClients(options.Connection);
        AddServices(builder.Services, options, clients);
        var application = builder.Build();
        Use(application, options.Proxies);
        await application.StartAsync(cancellationToken);
        return new ConsoleHost(application, clients, new Uri(application.Urls.First()));
    }

    /// <summary>Waits until the process is told to stop (SIGINT, SIGTERM).</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) =>
        application.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
        clients.Dispose();
    }

    // Base data is uploaded through a form; the loop has the real limit.
    private const long LargestBody = 512L * 1024 * 1024;

    private static void AddServices(IServiceCollection services, ConsoleOptions options, LoopClients clients)
    {
        services.AddSingleton(options).AddSingleton(clients).AddSingleton(TimeProvider.System);
        services.AddRouting();
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton<AssetFiles>();
        services.AddPeople(options);
        services.AddProjects();
        services.AddApi();
        services.AddSingleton<LiveChanges>();
        services.AddSingleton(provider => new CaptureIndexes(
            Directory.CreateDirectory(Path.Combine(options.Folder, "console-cache")),
            TimeProvider.System,
            provider.GetRequiredService<ILogger<CaptureIndexes>>()
        ));
    }

    /// <summary>The stages of a request, in their order.</summary>
    private static void Use(WebApplication application, ProxyTrust proxies)
    {
        application.UseMiddleware<SecurityHeaders>();
        application.UseMiddleware<Failures>();
        application.UseForwarded(proxies);
        application.UseRouting();
        application.UseAuthentication();
        application.UseAuthorization();
        application.UseMiddleware<FormGuard>();
        application.MapGet("/healthz", () => HttpStatusCode.OK.ToString()).AllowAnonymous();
        application.MapAssets();
        application.MapSignIn();
        application.MapLive();
        application.MapApi();
        application.MapPages();
    }
}
