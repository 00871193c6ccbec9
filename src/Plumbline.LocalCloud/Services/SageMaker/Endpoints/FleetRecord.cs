using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.SageMaker.Endpoints;

/// <summary>
/// The model servers of one endpoint configuration, as they are kept: all that it takes to start them again, for
/// configuration, models and packages may be gone by then.
/// </summary>
public sealed record FleetRecord
{
    /// <summary>A UUIDv7 without hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>Whose servers they are.</summary>
    public required string EndpointName { get; init; }

    /// <summary>The configuration they were made of.</summary>
    public required string EndpointConfigName { get; init; }

    /// <summary>In whose name captures are written: the role of the first variant's model.</summary>
    public string? RoleArn { get; init; }

    /// <summary>AWS's DataCaptureConfig, or null.</summary>
    public JsonObject? DataCaptureConfig { get; init; }

    /// <summary>One a variant.</summary>
    public required IReadOnlyList<ServerRecord> Servers { get; init; }

    internal JsonObject ToTree() => JsonSerializer.SerializeToNode(this)!.AsObject();

    internal static FleetRecord FromTree(JsonObject tree) => tree.Deserialize<FleetRecord>()!;
}

/// <summary>One variant's model server.</summary>
public sealed record ServerRecord
{
    /// <summary>A UUIDv7 without hyphens; its folder is named so.</summary>
    public required string Id { get; init; }

    /// <summary>The variant.</summary>
    public required string VariantName { get; init; }

    /// <summary>Its share of the traffic, relative to the others'.</summary>
    public required double Weight { get; init; }

    /// <summary>Instances asked for; one server serves for them all.</summary>
    public required int InstanceCount { get; init; }

    /// <summary>Such as <c>ml.m5.large</c>; null in the record of a server that an older local cloud started.</summary>
    public string? InstanceType { get; init; }

    /// <summary>GB of its disk; null where the variant does not say.</summary>
    public int? Volume { get; init; }

    /// <summary>The container's image.</summary>
    public required string Image { get; init; }

    /// <summary>Where the model archive is in S3; null where the image holds the model.</summary>
    public string? ModelDataUrl { get; init; }

    /// <summary>The container's environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The role that the server acts in.</summary>
    public string? RoleArn { get; init; }

    /// <summary>True where it has no network.</summary>
    public bool EnableNetworkIsolation { get; init; }

    /// <summary>Real seconds in which a started server must answer its health check.</summary>
    public int StartupSeconds { get; init; }
}
