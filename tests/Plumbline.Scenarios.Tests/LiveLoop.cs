using Plumbline.Loop.Registry;

namespace Plumbline.Scenarios.Tests;

/// <summary>A project with version 1 in production, and more versions of the same model.</summary>
public sealed class LiveLoop : IAsyncLifetime
{
    public RunningLoop Running { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Running = await RunningLoop.StartAsync(yaml => yaml + "\nendpoint: {bake: 0}\n");
        await Running.GoIntoProductionAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Running.DisposeAsync();

    public async Task<long?> VersionAsync() =>
        await new ProductionModel(Running.Loop).FindAsync() is { PackageArn: { } arn }
            ? long.Parse(arn.Split('/')[^1])
            : null;

    /// <summary>Puts a version into production with the necessary decision, whatever an earlier test did.</summary>
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
