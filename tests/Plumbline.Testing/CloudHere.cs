using Microsoft.Extensions.Logging;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.LocalCloud;

namespace Plumbline.Testing;

/// <summary>A local cloud in this process, on a free port, with its data in a temporary folder.</summary>
/// <param name="change">Changes the options; null keeps them.</param>
public sealed class CloudHere(Func<LocalCloudOptions, LocalCloudOptions>? change = null) : IAsyncDisposable
{
    private readonly TemporaryFolder root = new();
    private LocalCloudHost? host;
    private AwsConnection? connection;
    private int port;

    public string DataFolder => At("data");

    public LocalCloudHost Host => host!;

    /// <summary>The address and the keys.</summary>
    public CloudFile Cloud =>
        new(Host.Endpoint, LocalCloudIdentity.Region, Host.Keys.AccessKeyId, Host.Keys.SecretAccessKey);

    /// <summary>A connection with the cloud's keys, which is closed with the cloud.</summary>
    public AwsConnection Connection => connection ??= Cloud.Connect();

    /// <summary>A path beside the data folder, which is deleted with the cloud.</summary>
    public string At(params string[] parts) => root.At(parts);

    /// <summary>Starts the cloud; after <see cref="StopAsync"/>, on the same data folder and port.</summary>
    public async Task StartAsync()
    {
        var options = new LocalCloudOptions
        {
            DataFolder = DataFolder,
            Port = port,
            MovableClock = true,
        };
        host = await LocalCloudHost.StartAsync(
            change?.Invoke(options) ?? options,
            logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning)
        );
        port = host.Endpoint.Port;
    }

    /// <summary>Stops the cloud; its jobs continue.</summary>
    public async Task StopAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
            host = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        connection?.Dispose();
        await StopAsync();
        root.Dispose();
    }
}
