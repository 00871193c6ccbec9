using Plumbline.Loop.Deployment;

namespace Plumbline.Scenarios.Tests;

/// <summary>A project with version 1 in production, and further versions of the same model.</summary>
public sealed class LiveLoop : IAsyncLifetime
{
    /// <summary>It.</summary>
    public RunningLoop Running { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Running = await RunningLoop.StartAsync(yaml => yaml + "\nendpoint: {bake: 0}\n");
        await Running.GoIntoProductionAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Running.DisposeAsync();

    /// <summary>The version in production.</summary>
    public async Task<long?> VersionAsync() =>
        await new ProductionModel(Running.Loop).FindAsync() is { PackageArn: { } arn }
            ? long.Parse(arn.Split('/')[^1])
            : null;

    /// <summary>Makes a version live by the decision that it takes, whatever an earlier test left.</summary>
    public async Task ApproveAsync(long version)
    {
        if (await VersionAsync() == version)
        {
            return;
        }

        var (command, said) = version == 1 ? ("rollback", "the start of a test") : ("approve", $"version {version}");
        (await Running.PlumbAsync(command, $"{version}", "--reason", said)).Succeeded();
        (await VersionAsync()).ShouldBe(version);
    }
}
