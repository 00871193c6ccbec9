using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Deployment;

/// <summary>Moves the endpoint to another configuration.</summary>
internal sealed class EndpointUpdate(LoopContext loop, EndpointWaiter waiter)
{
    private const int Attempts = 5;

    /// <summary>Creates or updates the endpoint, and waits until it is stable.</summary>
    /// <param name="config">The new configuration.</param>
    /// <param name="isGuarded">
    /// True if alarms may roll the update back. Going back is not guarded: nothing must delay it, and a rollback would
    /// return to a worse version.
    /// </param>
    /// <param name="isWantedAsync">Asked about the stable endpoint: the wait for it may have taken an hour.</param>
    /// <param name="cancellationToken">Ends the waiting, not the update.</param>
    /// <returns>The stable endpoint, changed if the change is wanted; null if it is gone.</returns>
    /// <exception cref="AwsException">The cloud refuses the change.</exception>
    public async Task<Production?> MoveAsync(
        string config,
        bool isGuarded,
        Func<Production?, Task<bool>> isWantedAsync,
        CancellationToken cancellationToken
    )
    {
        var alarms = new RollbackAlarms(loop);
        var mayHaveAlarms = false;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var before = await RestedAsync(cancellationToken);
                if (!await isWantedAsync(before))
                {
                    return before;
                }

                await alarms.SweepAsync(before?.LastAlarms ?? [], cancellationToken);
                mayHaveAlarms |= isGuarded && before is not null;
                try
                {
                    await ChangeAsync(before, config, isGuarded ? alarms : null, cancellationToken);
                    return await waiter.SettledAsync(cancellationToken);
                }
                catch (AwsException busy) when (attempt < Attempts && busy.IsInProgress())
                {
                    // Another deployment was faster: try again when it is done.
                }
            }
        }
        finally
        {
            if (mayHaveAlarms)
            {
                // The update is over; an alarm that cannot be deleted does not change its result.
                try
                {
                    await alarms.DeleteAsync(config, CancellationToken.None);
                }
                catch (AwsException) { }
            }
        }
    }

    /// <summary>The stable endpoint. A failed one cannot be updated and serves nobody, so it is deleted.</summary>
    private async Task<Production?> RestedAsync(CancellationToken cancellationToken)
    {
        var before = await waiter.SettledAsync(cancellationToken);
        if (before is not { Status: EndpointStatus.Failed })
        {
            return before;
        }

        await loop.Clients.SageMaker.DeleteEndpointAsync(Named(), cancellationToken);
        return await waiter.SettledAsync(cancellationToken);
    }

    private async Task ChangeAsync(
        Production? before,
        string config,
        RollbackAlarms? alarms,
        CancellationToken cancellationToken
    )
    {
        var input = Named();
        input["EndpointConfigName"] = config;
        if (before is null)
        {
            await loop.Clients.SageMaker.CreateEndpointAsync(input.Tagged(loop.Names.Aws), cancellationToken);
        }
        else if (before.EndpointConfig != config)
        {
            if (alarms is not null)
            {
                input["DeploymentConfig"] = new JsonObject
                {
                    ["BlueGreenUpdatePolicy"] = new JsonObject { ["TrafficRoutingConfiguration"] = Routing() },
                    ["AutoRollbackConfiguration"] = await alarms.PutAsync(config, cancellationToken),
                };
            }

            if (before.IsScaled)
            {
                input["RetainAllVariantProperties"] = true;
                input["ExcludeRetainedVariantProperties"] = new JsonArray(
                    new JsonObject { ["VariantPropertyType"] = "DesiredWeight" },
                    new JsonObject { ["VariantPropertyType"] = "DataCaptureConfig" }
                );
            }

            await loop.Clients.SageMaker.UpdateEndpointAsync(input, cancellationToken);
        }
    }

    private JsonObject Named() => new() { ["EndpointName"] = loop.Names.Endpoint };

    private JsonObject Routing()
    {
        var endpoint = loop.Project.Endpoint;
        var routing = new JsonObject
        {
            ["Type"] = endpoint.Routing switch
            {
                TrafficRouting.Canary => "CANARY",
                TrafficRouting.Linear => "LINEAR",
                _ => "ALL_AT_ONCE",
            },
            ["WaitIntervalInSeconds"] = (int)endpoint.Bake.TotalSeconds,
        };
        if (endpoint.Routing != TrafficRouting.AllAtOnce)
        {
            var step = new JsonObject { ["Type"] = "CAPACITY_PERCENT", ["Value"] = (int)(endpoint.Step * 100) };
            routing[endpoint.Routing == TrafficRouting.Canary ? "CanarySize" : "LinearStepSize"] = step;
        }

        return routing;
    }
}
