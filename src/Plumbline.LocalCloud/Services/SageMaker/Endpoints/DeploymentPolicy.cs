using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.SageMaker.Endpoints;

/// <summary>The policy of an update, from an endpoint's DeploymentConfig.</summary>
/// <param name="Bake">
/// The civil time after the traffic shift during which old servers stay ready and alarms roll back.
/// </param>
/// <param name="Alarms">The names of the alarms that roll the update back.</param>
internal sealed record DeploymentPolicy(TimeSpan Bake, IReadOnlyList<string> Alarms)
{
    /// <summary>Reads a configuration. Null means: all traffic at once, without bake time or alarms.</summary>
    public static DeploymentPolicy Of(JsonObject? config)
    {
        var blueGreen = config?.Object("BlueGreenUpdatePolicy");
        var wait = blueGreen?.Object("TrafficRoutingConfiguration")?.Int("WaitIntervalInSeconds") ?? 0;
        var termination = blueGreen?.Int("TerminationWaitInSeconds") ?? 0;
        var alarms = config?.Object("AutoRollbackConfiguration")?.Objects("Alarms") ?? [];
        return new DeploymentPolicy(
            TimeSpan.FromSeconds(wait + termination),
            [.. alarms.Select(alarm => alarm.Text("AlarmName")).OfType<string>()]
        );
    }

    /// <summary>Refuses a configuration that cannot be applied to the fleet.</summary>
    /// <exception cref="Aws.Errors.AwsException">
    /// The policy shifts traffic in steps but a variant has a single instance (as on AWS), or the local cloud does not
    /// implement the policy.
    /// </exception>
    public static void Check(JsonObject? config, FleetRecord fleet)
    {
        if (config?.Object("RollingUpdatePolicy") is not null)
        {
            throw SageMakerErrors.NotHere("RollingUpdatePolicy of a DeploymentConfig");
        }

        var type = config?.Object("BlueGreenUpdatePolicy")?.Object("TrafficRoutingConfiguration")?.Text("Type");
        if (type is not ("CANARY" or "LINEAR"))
        {
            return;
        }

        if (fleet.Servers.FirstOrDefault(server => server.InstanceCount < 2) is { } single)
        {
            throw SageMakerErrors.Validation(
                $"Traffic routing type {type} requires at least two instances: variant {single.VariantName} of "
                    + $"endpoint configuration {fleet.EndpointConfigName} has {single.InstanceCount}."
            );
        }

        throw SageMakerErrors.NotHere($"Traffic routing type {type} of a DeploymentConfig");
    }
}
