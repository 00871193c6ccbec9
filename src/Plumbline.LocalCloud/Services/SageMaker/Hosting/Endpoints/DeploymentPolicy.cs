using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>The policy of an update, from an endpoint's DeploymentConfig.</summary>
/// <param name="Bake">
/// The civil time after the traffic shift during which old servers stay ready and alarms roll back.
/// </param>
/// <param name="Alarms">The names of the alarms that roll the update back.</param>
internal sealed record DeploymentPolicy(TimeSpan Bake, IReadOnlyList<string> Alarms)
{
    /// <summary>Reads a configuration. Null means: all traffic at once, without bake time or alarms.</summary>
    public static DeploymentPolicy Of(DeploymentConfig? config)
    {
        var blueGreen = config?.BlueGreenUpdatePolicy;
        var wait = blueGreen?.TrafficRoutingConfiguration.WaitIntervalInSeconds ?? 0;
        var termination = blueGreen?.TerminationWaitInSeconds ?? 0;
        var alarms = config?.AutoRollbackConfiguration?.Alarms ?? [];
        return new DeploymentPolicy(
            TimeSpan.FromSeconds(wait + termination),
            // A request may omit the name.
            [.. alarms.Select(alarm => alarm.Tree.Text("AlarmName")).OfType<string>()]
        );
    }

    /// <summary>Refuses a configuration that cannot be applied to the fleet.</summary>
    /// <exception cref="Aws.Errors.AwsException">
    /// The policy shifts traffic in steps but a variant has a single instance (as on AWS), or the local cloud does not
    /// implement the policy.
    /// </exception>
    public static void Check(DeploymentConfig? config, FleetRecord fleet)
    {
        if (config?.Tree["RollingUpdatePolicy"] is not null)
        {
            throw SageMakerErrors.NotHere("RollingUpdatePolicy of a DeploymentConfig");
        }

        var type = config?.BlueGreenUpdatePolicy?.TrafficRoutingConfiguration.Type;
        if (type is not (TrafficRoutingConfigType.Canary or TrafficRoutingConfigType.Linear))
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
