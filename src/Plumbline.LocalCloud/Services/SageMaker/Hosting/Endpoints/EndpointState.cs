using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>The local cloud's own state of an endpoint: its fleets, and the update in progress.</summary>
internal sealed class EndpointState
{
    /// <summary>The id of the endpoint's current fleet, which a rollback returns to.</summary>
    public string? Fleet { get; set; }

    /// <summary>The id of the fleet that an update starts.</summary>
    public string? NextFleet { get; set; }

    /// <summary>The end of an update's bake; null until traffic has moved.</summary>
    public DateTimeOffset? BakeUntil { get; set; }

    /// <summary>AWS's DeploymentConfig of the update in progress, or null.</summary>
    public JsonObject? PendingDeploymentConfig { get; set; }

    /// <summary>The rules of the update in progress.</summary>
    public DeploymentPolicy Policy =>
        DeploymentPolicy.Of(PendingDeploymentConfig is { } tree ? new DeploymentConfig(tree) : null);

    /// <summary>Forgets the update in progress, after it has succeeded or failed.</summary>
    public void ForgetUpdate() => (NextFleet, BakeUntil, PendingDeploymentConfig) = (null, null, null);
}

/// <summary>An endpoint as it is stored.</summary>
/// <param name="Described">DescribeEndpoint's answer.</param>
/// <param name="State">The part that no answer shows.</param>
internal sealed record StoredEndpoint(DescribeEndpointOutput Described, EndpointState State)
{
    public string Name => Described.EndpointName;

    public string Status => Described.EndpointStatus;
}
