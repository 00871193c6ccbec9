using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

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
        var request = new CreateEndpointInput(call.Input);
        var fleet = plan.Of(request.EndpointName, request.EndpointConfigName);
        await CheckAsync(request.DeploymentConfig, fleet, call);
        await endpoints.CreateAsync(request, fleet);
        return Answer(request.EndpointName);
    }

    public async Task<JsonObject> UpdateEndpoint(AwsCall call)
    {
        var request = new UpdateEndpointInput(call.Input);
        var endpoint = endpoints.Find(request.EndpointName);
        var deployment =
            request.RetainDeploymentConfig == true ? endpoint.Described.LastDeploymentConfig : request.DeploymentConfig;
        var fleet = plan.Of(request.EndpointName, request.EndpointConfigName);
        if (request.RetainAllVariantProperties == true && endpoint.State.Fleet is { } current)
        {
            fleet = Retaining(fleet, endpoints.FindFleet(current), request);
        }

        await CheckAsync(deployment, fleet, call);
        await endpoints.BeginUpdateAsync(fleet, deployment);
        return Answer(request.EndpointName);
    }

    /// <summary>Takes effect immediately, because one server serves a variant for every instance count.</summary>
    public async Task<JsonObject> UpdateEndpointWeightsAndCapacities(AwsCall call)
    {
        var request = new UpdateEndpointWeightsAndCapacitiesInput(call.Input);
        endpoints.Find(request.EndpointName);
        await endpoints.ReweighAsync(request.EndpointName, servers => Reweigh(servers, request));
        return Answer(request.EndpointName);
    }

    public Task<JsonObject> DescribeEndpoint(AwsCall call) =>
        Task.FromResult(endpoints.Find(new DescribeEndpointInput(call.Input).EndpointName).Described.Tree);

    public Task<JsonObject> ListEndpoints(AwsCall call) => Task.FromResult(Listing.Page(call.Input, endpoints.List()));

    public async Task<JsonObject> DeleteEndpoint(AwsCall call)
    {
        var name = new DeleteEndpointInput(call.Input).EndpointName;
        await endpoints.BeginDeleteAsync(name);
        runner.Wake(name);
        return [];
    }

    /// <summary>Returns the fleet with the endpoint's current properties, except those the caller excludes.</summary>
    private static FleetRecord Retaining(FleetRecord fleet, FleetRecord now, UpdateEndpointInput request)
    {
        var excluded = request.ExcludeRetainedVariantProperties.Select(one => one.VariantPropertyType).ToHashSet();
        return fleet with
        {
            DataCaptureConfig = excluded.Contains(VariantPropertyType.DataCaptureConfig)
                ? fleet.DataCaptureConfig
                : now.DataCaptureConfig,
            Servers = [.. fleet.Servers.Select(Retained)],
        };

        ServerRecord Retained(ServerRecord server) =>
            now.Servers.FirstOrDefault(one => one.VariantName == server.VariantName) is not { } same
                ? server
                : server with
                {
                    Weight = excluded.Contains(VariantPropertyType.DesiredWeight) ? server.Weight : same.Weight,
                    InstanceCount = excluded.Contains(VariantPropertyType.DesiredInstanceCount)
                        ? server.InstanceCount
                        : same.InstanceCount,
                };
    }

    private static List<ServerRecord> Reweigh(
        IReadOnlyList<ServerRecord> servers,
        UpdateEndpointWeightsAndCapacitiesInput request
    )
    {
        var changed = servers.ToList();
        foreach (var change in request.DesiredWeightsAndCapacities)
        {
            var at = changed.FindIndex(server => server.VariantName == change.VariantName);
            if (at < 0)
            {
                throw SageMakerErrors.Validation($"The endpoint has no production variant {change.VariantName}.");
            }

            changed[at] = changed[at] with
            {
                Weight = change.DesiredWeight ?? changed[at].Weight,
                InstanceCount = change.DesiredInstanceCount ?? changed[at].InstanceCount,
            };
        }

        return changed;
    }

    private async Task CheckAsync(DeploymentConfig? deployment, FleetRecord fleet, AwsCall call)
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
