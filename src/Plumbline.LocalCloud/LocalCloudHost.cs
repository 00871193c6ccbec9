using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Gateway.Connections;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes.Networking;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud;

/// <summary>A running local cloud: its web server and its data folder.</summary>
public sealed class LocalCloudHost : IAsyncDisposable
{
    /// <summary>The name of the cloud's <c>ActivitySource</c> and of its <c>Meter</c>.</summary>
    public const string SignalSource = "Plumbline.LocalCloud";

    private const int DiskWaiters = 32;

    /// <summary>The slowest upload, in bytes a second, on average over a request.</summary>
    private const double SlowestBody = 240;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly WebApplication application;
    private readonly DataFolder folder;
    private readonly Database database;
    private readonly GatewaySocket socket;

    private LocalCloudHost(
        WebApplication application,
        DataFolder folder,
        Database database,
        GatewaySocket socket,
        Uri endpoint,
        KeyPair keys
    )
    {
        (this.application, this.folder, this.database, this.socket) = (application, folder, database, socket);
        (Endpoint, Keys) = (endpoint, keys);
    }

    /// <summary>The address that it listens on, such as <c>http://127.0.0.1:4570</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The account's own key pair.</summary>
    public KeyPair Keys { get; }

    public IServiceProvider Services => application.Services;

    /// <summary>Opens the data folder, resumes the work that was in progress, and listens on loopback.</summary>
    /// <exception cref="IOException">Another process uses the data folder or the port.</exception>
    public static async Task<LocalCloudHost> StartAsync(
        LocalCloudOptions options,
        Action<ILoggingBuilder>? logging = null,
        CancellationToken cancellationToken = default
    )
    {
        // Requests block pool threads while the disk writes; by default, the pool adds a thread only every half second.
        ThreadPool.SetMinThreads(DiskWaiters, DiskWaiters);
        var folder = DataFolder.Open(options.DataFolder);
        var socket = new GatewaySocket(folder);
        var database = Database.Open(folder.DatabaseFile);
        try
        {
            // An empty builder: the default one reads and watches settings files in the current folder.
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            logging?.Invoke(builder.Logging);
            var errors = new RecentErrors();
            errors.AddTo(builder.Logging);
            builder.Services.AddSingleton(errors);
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => ListenOn(kestrel, options, socket));
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
            builder.Services.AddSingleton(options).AddSingleton(folder).AddSingleton(database);
            LocalCloudServices.Add(builder.Services);

            var application = builder.Build();
            application.Run(application.Services.GetRequiredService<Gateway.RequestEntry>().AnswerAsync);
            var keys = await application.Services.GetRequiredService<CredentialStore>().RootAsync();
            await application.StartAsync(cancellationToken);
            var endpoint = new Uri(application.Urls.First(url => !url.Contains("unix:", StringComparison.Ordinal)));
            folder.WriteCloudFile(endpoint, keys);
            application.Services.GetRequiredService<ServerEndpoint>().Announce(endpoint);
            return new LocalCloudHost(application, folder, database, socket, endpoint, keys);
        }
        catch
        {
            await database.DisposeAsync();
            socket.Dispose();
            folder.Dispose();
            throw;
        }
    }

    private static void ListenOn(KestrelServerOptions kestrel, LocalCloudOptions options, GatewaySocket socket)
    {
        kestrel.AddServerHeader = false;
        var connections = kestrel.ApplicationServices.GetRequiredService<ConnectionTable>();
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Use(connections.Track));
        kestrel.ListenUnixSocket(socket.Path, listen => listen.Use(connections.Track));
        // Objects are as large as S3 allows; the gateway bounds every other body.
        kestrel.Limits.MaxRequestBodySize = null;
        // Even a client on a slow line is faster. A client that announces a body and does not send it is cut off.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBody, options.BodyGrace);
        // A job may read an object as slowly as it trains on it.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
    }

    /// <summary>
    /// Waits until the process is told to stop (SIGINT, SIGTERM), and then, for at most 30 seconds, until all requests
    /// that came in have been answered.
    /// </summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) =>
        application.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops listening and closes the data folder; jobs and model servers go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
        await database.DisposeAsync();
        socket.Dispose();
        folder.Dispose();
    }
}
