using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.LocalCloud.Services.SageMaker.Endpoints;
using Plumbline.LocalCloud.Services.SageMaker.ModelServers;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

/// <summary>A model server between two servers of the local cloud.</summary>
[Collection("processes")]
public sealed class ModelServerTests : IAsyncLifetime
{
    private readonly EndpointCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    /// <summary>
    /// The server before this one told a process to start, which took its lock only after this one had looked for it.
    /// </summary>
    [Fact]
    public async Task A_process_that_was_on_its_way_while_the_local_cloud_restarted_is_joined_where_it_listens()
    {
        await cloud.PutModelAsync("late.tar.gz", EndpointCloud.Archive(("answer.txt", "late")));
        var record = new ServerRecord
        {
            Id = Guid.CreateVersion7().ToString("N"),
            VariantName = "AllTraffic",
            Weight = 1,
            InstanceCount = 1,
            Image = EndpointCloud.Image,
            ModelDataUrl = $"s3://{EndpointCloud.Bucket}/late.tar.gz",
            Environment = new Dictionary<string, string>(),
            RoleArn = EndpointCloud.Role,
            StartupSeconds = 60,
        };
        using var stopping = new CancellationTokenSource();
        var before = Server(record);
        var after = Server(record);
        after.Adopt();
        before.Keep(stopping.Token);
        (await before.Started.InTimeAsync()).ShouldBeNull();
        await stopping.CancelAsync();
        await before.UnwatchedAsync().InTimeAsync();

        after.Keep(CancellationToken.None);
        (await after.Started.InTimeAsync()).ShouldBeNull();
        await after.EndAsync(CancellationToken.None).InTimeAsync();
    }

    private ModelServer Server(ServerRecord record) =>
        new(
            record,
            "late",
            cloud.Cloud.Host.Services.GetRequiredService<FleetTools>().Launcher,
            NullLogger<ModelServer>.Instance
        );
}
