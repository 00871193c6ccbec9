using Microsoft.Extensions.DependencyInjection;
using Plumbline.Cli.Homes;
using Plumbline.LocalCloud;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>The report of <c>plumb status</c> about the local cloud itself.</summary>
public sealed class CloudHealthTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_item_that_was_set_aside_is_counted_and_named_with_its_reason()
    {
        await using var host = await LocalCloudHost.StartAsync(
            new LocalCloudOptions { DataFolder = folder.Path, Port = 0 }
        );
        (await HealthAsync()).ShouldBeEmpty();

        var database = host.Services.GetRequiredService<Database>();
        await database.WriteAsync(connection => SetAsideItems.Add(connection, "event", "17", "It is half.", "{"));

        (await HealthAsync()).ShouldBe(["1 item was set aside:", "event 17: It is half."]);
    }

    private Task<IReadOnlyList<string>> HealthAsync() =>
        CloudHealth.ReadAsync(LocalHome.Read(new DirectoryInfo(folder.Path)), CancellationToken.None);
}
