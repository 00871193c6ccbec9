using Microsoft.Extensions.DependencyInjection;
using Plumbline.Cli.Homes;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>The report of <c>plumb status</c> about the local cloud itself.</summary>
public sealed class CloudHealthTests : IAsyncLifetime
{
    private readonly CloudHere cloud = new();

    /// <inheritdoc/>
    public Task InitializeAsync() => cloud.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await cloud.DisposeAsync();

    [Fact]
    public async Task An_item_that_was_set_aside_is_counted_and_named_with_its_reason()
    {
        (await HealthAsync()).ShouldBeEmpty();

        var database = cloud.Host.Services.GetRequiredService<Database>();
        await database.WriteAsync(connection => SetAsideItems.Add(connection, "event", "17", "It is half.", "{"));

        (await HealthAsync()).ShouldBe(["1 item was set aside:", "event 17: It is half."]);
    }

    private Task<IReadOnlyList<string>> HealthAsync() =>
        CloudHealth.ReadAsync(LocalHome.Read(new DirectoryInfo(cloud.DataFolder)), CancellationToken.None);
}
