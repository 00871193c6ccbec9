using Microsoft.Extensions.Logging;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests;

/// <summary>A real local cloud on a free port, with its own data folder; one per test class.</summary>
public sealed class RunningCloud : IAsyncLifetime
{
    private readonly TemporaryFolder root = new();

    public LocalCloudHost Host { get; private set; } = null!;

    /// <summary>The environment for AWS clients, as <c>plumb env</c> prints it.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = Host.Endpoint.GetLeftPart(UriPartial.Authority),
            ["AWS_ACCESS_KEY_ID"] = Host.Keys.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = Host.Keys.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = LocalCloudIdentity.Region,
            ["AWS_REGION"] = LocalCloudIdentity.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };

    /// <summary>See <see cref="LocalCloudOptions.LongestWrite"/>.</summary>
    public TimeSpan LongestWrite { get; init; } = TimeSpan.FromSeconds(30);

    public string DataFolder => root.At("data");

    /// <summary>The clock of the machine, which a test may replace.</summary>
    public TimeProvider Machine { get; init; } = TimeProvider.System;

    /// <summary>See <see cref="LocalCloudOptions.VolumePause"/>.</summary>
    public TimeSpan? VolumePause { get; init; }

    /// <summary>The most open connections; null uses the default.</summary>
    public int? MostConnections { get; init; }

    /// <summary>See <see cref="LocalCloudOptions.StrictRoles"/>.</summary>
    public bool StrictRoles { get; init; }

    /// <summary>The time for which a body may be slow; null uses the default.</summary>
    public TimeSpan? BodyGrace { get; init; }

    /// <inheritdoc/>
    public async Task InitializeAsync() => Host = await StartAsync();

    /// <summary>Stops the cloud and starts another on the same data folder and port, like an upgrade.</summary>
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
        root.Dispose();
    }

    private Task<LocalCloudHost> StartAsync(int port = 0)
    {
        var options = new LocalCloudOptions
        {
            DataFolder = DataFolder,
            Port = port,
            MovableClock = true,
            StrictRoles = StrictRoles,
            Machine = Machine,
        };
        return LocalCloudHost.StartAsync(
            options with
            {
                MostConnections = MostConnections ?? options.MostConnections,
                BodyGrace = BodyGrace ?? options.BodyGrace,
                VolumePause = VolumePause ?? options.VolumePause,
                LongestWrite = LongestWrite,
            },
            logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning)
        );
    }
}
