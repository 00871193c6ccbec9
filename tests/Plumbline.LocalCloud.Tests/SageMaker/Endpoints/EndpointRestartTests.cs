using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

/// <summary>A restart of the local cloud must not change anything for an endpoint's callers.</summary>
[Collection("processes")]
public sealed class EndpointRestartTests : IAsyncLifetime
{
    private readonly EndpointCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task Model_servers_outlive_the_local_cloud_and_are_found_again()
    {
        await cloud.ConfigureAsync("lasting-1", "still here");
        await cloud.CreateAsync("lasting", "lasting-1");
        var before = await cloud.AskAsync("lasting", "environment");

        await cloud.RestartAsync();

        // Even the first request is answered, and by the same process.
        (await cloud.AskAsync("lasting", "environment")).ShouldBe(before);
        (await cloud.DescribeAsync("lasting")).Text("EndpointStatus").ShouldBe("InService");
        (await cloud.AskAsync("lasting", "1")).ShouldBe("still here");
    }

    [Fact]
    public async Task An_update_goes_on_where_a_restart_interrupted_it()
    {
        await cloud.ConfigureAsync("resumed-1", "old");
        await cloud.ConfigureAsync("resumed-2", "new");
        await cloud.CreateAsync("resumed", "resumed-1");

        await cloud.UpdateAsync("resumed", "resumed-2");
        await cloud.RestartAsync();
        (await cloud.AskAsync("resumed", "1")).ShouldBeOneOf("old", "new");

        var endpoint = await cloud.SettledAsync("resumed");
        endpoint.Text("EndpointConfigName").ShouldBe("resumed-2");
        (await cloud.AskAsync("resumed", "1")).ShouldBe("new");
        await Eventually.Async(() => cloud.ServerCount == 1);
    }

    [Fact]
    public async Task A_bake_goes_on_after_a_restart_with_traffic_on_the_new_version()
    {
        const string AnHour = """
            {"BlueGreenUpdatePolicy":{"TrafficRoutingConfiguration":{"Type":"ALL_AT_ONCE","WaitIntervalInSeconds":0},"TerminationWaitInSeconds":3600}}
            """;
        await cloud.ConfigureAsync("baked-1", "old");
        await cloud.ConfigureAsync("baked-2", "new");
        await cloud.CreateAsync("baked", "baked-1");
        await cloud.UpdateAsync("baked", "baked-2", AnHour);
        await Eventually.Async(() => cloud.AskAsync("baked", "1"), answer => answer == "new");
        await Eventually.Async(
            () => cloud.DescribeAsync("baked"),
            endpoint => endpoint.Object("PendingDeploymentSummary")?.ToJsonString().Contains("Baking") == true
        );

        await cloud.RestartAsync();

        (await cloud.AskAsync("baked", "1")).ShouldBe("new");
        var baking = await cloud.DescribeAsync("baked");
        baking.Text("EndpointStatus").ShouldBe("Updating");
        baking.Text("EndpointConfigName").ShouldBe("baked-1");
        cloud.ServerCount.ShouldBe(2);
        await cloud.AdvanceAsync(TimeSpan.FromHours(1));
        (await cloud.SettledAsync("baked")).Text("EndpointConfigName").ShouldBe("baked-2");
        await Eventually.Async(() => cloud.ServerCount == 1);
    }

    [Fact]
    public async Task A_deletion_goes_on_after_a_restart()
    {
        await cloud.ConfigureAsync("leaving-1", "bye");
        await cloud.CreateAsync("leaving", "leaving-1");

        await cloud.SageMaker.DeleteEndpointAsync(new() { ["EndpointName"] = "leaving" });
        await cloud.RestartAsync();

        await Eventually.Async(() => cloud.ServerCount == 0);
        await Eventually.Async(
            () => cloud.SageMaker.ListEndpointsAsync(),
            output => output.Array("Endpoints")!.Count == 0
        );
    }
}
