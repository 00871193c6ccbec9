using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;

namespace Plumbline.WebConsole.Pages.Endpoint;

/// <summary>An update of the endpoint that is in progress.</summary>
/// <param name="Config">The new configuration.</param>
/// <param name="Stage">Creating, Baking or Deleting; null if it is unknown.</param>
/// <param name="Started">When the update started.</param>
/// <param name="BakeLeft">How long the alarms will still be watched; null if the update is not baking.</param>
public sealed record PendingUpdate(string Config, string? Stage, DateTimeOffset? Started, TimeSpan? BakeLeft)
{
    /// <summary>Reads the update; null if none is in progress.</summary>
    public static async Task<PendingUpdate?> ReadAsync(
        LoopContext loop,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var endpoint = await loop.Clients.SageMaker.DescribeEndpointAsync(
            new JsonObject { ["EndpointName"] = loop.Names.Endpoint },
            cancellationToken
        );
        if (endpoint.PendingDeploymentSummary is not { } pending)
        {
            return null;
        }

        var stage = pending.ProductionVariants.FirstOrDefault()?.VariantStatus.FirstOrDefault();
        var left = loop.Project.Endpoint.Bake - (now - stage?.StartTime);
        return new PendingUpdate(
            pending.EndpointConfigName ?? "",
            stage?.Status,
            pending.StartTime,
            stage?.Status == VariantStatus.Baking && left > TimeSpan.Zero ? left : null
        );
    }
}
