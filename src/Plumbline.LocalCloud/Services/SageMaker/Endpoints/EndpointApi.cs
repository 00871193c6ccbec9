using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.ModelServers;

namespace Plumbline.LocalCloud.Services.SageMaker.Endpoints;

internal sealed class EndpointApi(
    EndpointStore endpoints,
    FleetPlan plan,
    DeploymentAlarms alarms,
    EndpointRunner runner
)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "Endpoints",
        NameMember = "EndpointName",
        StatusMember = "EndpointStatus",
        Summary = document => document.Tree,
    };

    public async Task<JsonObject> CreateEndpoint(AwsCall call)
    {
        var name = call.Input.Text("EndpointName")!;
        var fleet = plan.Of(name, call.Input.Text("EndpointConfigName")!);
        await CheckAsync(call.Input.Object("DeploymentConfig"), fleet, call);
        await endpoints.CreateAsync(call.Input, fleet);
        return Answer(name);
    }

    public async Task<JsonObject> UpdateEndpoint(AwsCall call)
    {
        var name = call.Input.Text("EndpointName")!;
        var endpoint = endpoints.Find(name);
        var deployment =
            call.Input.Bool("RetainDeploymentConfig") == true
                ? endpoint.Object("LastDeploymentConfig")
                : call.Input.Object("DeploymentConfig");
        var fleet = plan.Of(name, call.Input.Text("EndpointConfigName")!);
        if (call.Input.Bool("RetainAllVariantProperties") == true && endpoint.Text(EndpointTree.Fleet) is { } current)
        {
            fleet = Retaining(fleet, endpoints.FindFleet(current), call.Input);
        }

        await CheckAsync(deployment, fleet, call);
        await endpoints.BeginUpdateAsync(fleet, deployment);
        return Answer(name);
    }

    /// <summary>Takes effect immediately, because one server serves a variant for every instance count.</summary>
    public async Task<JsonObject> UpdateEndpointWeightsAndCapacities(AwsCall call)
    {
        var name = call.Input.Text("EndpointName")!;
        endpoints.Find(name);
        var wanted = call.Input.Objects("DesiredWeightsAndCapacities").ToList();
        await endpoints.ReweighAsync(name, servers => Reweigh(servers, wanted));
        return Answer(name);
    }

    public Task<JsonObject> DescribeEndpoint(AwsCall call) =>
        Task.FromResult(endpoints.Find(call.Input.Text("EndpointName")!));

    public Task<JsonObject> ListEndpoints(AwsCall call) => Task.FromResult(Listing.Page(call.Input, endpoints.List()));

    public async Task<JsonObject> DeleteEndpoint(AwsCall call)
    {
        var name = call.Input.Text("EndpointName")!;
        await endpoints.BeginDeleteAsync(name);
        runner.Wake(name);
        return [];
    }

    /// <summary>Returns the fleet with the endpoint's current properties, except those the caller excludes.</summary>
    private static FleetRecord Retaining(FleetRecord fleet, FleetRecord now, JsonObject input)
    {
        var excluded = input
            .Objects("ExcludeRetainedVariantProperties")
            .Select(one => one.Text("VariantPropertyType"))
            .ToHashSet();
        return fleet with
        {
            DataCaptureConfig = excluded.Contains("DataCaptureConfig")
                ? fleet.DataCaptureConfig
                : now.DataCaptureConfig,
            Servers = [.. fleet.Servers.Select(Retained)],
        };

        ServerRecord Retained(ServerRecord server) =>
            now.Servers.FirstOrDefault(one => one.VariantName == server.VariantName) is not { } same
                ? server
                : server with
                {
                    Weight = excluded.Contains("DesiredWeight") ? server.Weight : same.Weight,
                    InstanceCount = excluded.Contains("DesiredInstanceCount")
                        ? server.InstanceCount
                        : same.InstanceCount,
                };
    }

    private static List<ServerRecord> Reweigh(IReadOnlyList<ServerRecord> servers, List<JsonObject> wanted)
    {
        var changed = servers.ToList();
        foreach (var change in wanted)
        {
            var name = change.Text("VariantName")!;
            var at = changed.FindIndex(server => server.VariantName == name);
            if (at < 0)
            {
                throw SageMakerErrors.Validation($"The endpoint has no production variant {name}.");
            }

            changed[at] = changed[at] with
            {
                Weight = change.Double("DesiredWeight") ?? changed[at].Weight,
                InstanceCount = change.Int("DesiredInstanceCount") ?? changed[at].InstanceCount,
            };
        }

        return changed;
    }

    private async Task CheckAsync(JsonObject? deployment, FleetRecord fleet, AwsCall call)
    {
        DeploymentPolicy.Check(deployment, fleet);
        await alarms.CheckAsync(DeploymentPolicy.Of(deployment).Alarms, call.Caller, fleet.RoleArn, call.Aborted);
    }

    private JsonObject Answer(string name)
    {
        runner.Wake(name);
        return new JsonObject { ["EndpointArn"] = EndpointStore.ArnOf(name) };
    }
}
