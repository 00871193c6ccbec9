using Plumbline.LocalCloud.Tests.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests;

/// <summary>A real local cloud on a free port, with its own data folder; one per test class.</summary>
public sealed class RunningCloud : IAsyncLifetime
{
    private readonly CloudHere cloud;

    public RunningCloud() =>
        cloud = new CloudHere(options =>
            options with
            {
                StrictRoles = StrictRoles,
                Machine = Machine,
                MostConnections = MostConnections ?? options.MostConnections,
                BodyGrace = BodyGrace ?? options.BodyGrace,
                VolumePause = VolumePause ?? options.VolumePause,
                LongestWrite = LongestWrite,
            }
        );

    public LocalCloudHost Host => cloud.Host;

    /// <summary>The environment for AWS clients, as <c>plumb env</c> prints it.</summary>
    public IReadOnlyDictionary<string, string> Environment => cloud.Cloud.Environment();

    /// <summary>See <see cref="LocalCloudOptions.LongestWrite"/>.</summary>
    public TimeSpan LongestWrite { get; init; } = TimeSpan.FromSeconds(30);

    public string DataFolder => cloud.DataFolder;

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
    public Task InitializeAsync() => cloud.StartAsync();

    /// <summary>Stops the cloud and starts another on the same data folder and port, like an upgrade.</summary>
    public async Task RestartAsync()
    {
        await cloud.StopAsync();
        await cloud.StartAsync();
    }

    /// <summary>Also compares what the tests have stored with AWS's shapes.</summary>
    public async Task DisposeAsync()
    {
        var strangers = StoredTrees.Strangers(DataFolder);
        await cloud.DisposeAsync();
        strangers.ShouldBeEmpty();
    }
}
