using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Tests;

/// <summary>A real local cloud on a free port, with a data folder of its own; one a test class.</summary>
public sealed class RunningCloud : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    /// <summary>The cloud.</summary>
    public LocalCloudHost Host { get; private set; } = null!;

    /// <summary>Its data folder.</summary>
    public string DataFolder => Path.Combine(root, "data");

    /// <inheritdoc/>
    public async Task InitializeAsync() => Host = await StartAsync();

    /// <summary>Stops the cloud and starts another on the same data folder and port, as an upgrade does.</summary>
    public async Task RestartAsync()
    {
        var port = Host.Endpoint.Port;
        await Host.DisposeAsync();
        Host = await StartAsync(port);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    private Task<LocalCloudHost> StartAsync(int port = 0) =>
        LocalCloudHost.StartAsync(
            new LocalCloudOptions
            {
                DataFolder = DataFolder,
                Port = port,
                MovableClock = true,
            },
            logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning)
        );
}
