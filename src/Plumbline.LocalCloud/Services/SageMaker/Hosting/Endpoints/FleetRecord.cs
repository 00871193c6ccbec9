using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>
/// The stored form of the model servers of one endpoint configuration. It has everything that a restart of the servers
/// needs, because configuration, models and packages may be deleted by then.
/// </summary>
internal sealed record FleetRecord
{
    /// <summary>A UUIDv7 without hyphens.</summary>
    public required string Id { get; init; }

    public required string EndpointName { get; init; }

    /// <summary>The endpoint configuration of the servers.</summary>
    public required string EndpointConfigName { get; init; }

    /// <summary>
    /// The role that stores captures: the configuration's ExecutionRoleArn, else the role of the first variant's model.
    /// </summary>
    public string? RoleArn { get; init; }

    /// <summary>AWS's DataCaptureConfig, or null.</summary>
    public JsonObject? DataCaptureConfig { get; init; }

    public DataCaptureConfig? Capture => DataCaptureConfig is { } tree ? new DataCaptureConfig(tree) : null;

    /// <summary>One server for each variant.</summary>
    public required IReadOnlyList<ServerRecord> Servers { get; init; }
}
