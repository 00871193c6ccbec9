using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

/// <summary>One variant's model server.</summary>
internal sealed record ServerRecord
{
    /// <summary>A UUIDv7 without hyphens; also the name of the server's folder.</summary>
    public required string Id { get; init; }

    public required string VariantName { get; init; }

    /// <summary>The variant's share of the traffic, relative to the other variants.</summary>
    public required double Weight { get; init; }

    /// <summary>The number of instances that were asked for. One server serves for all of them.</summary>
    public required int InstanceCount { get; init; }

    /// <summary>For example <c>ml.m5.large</c>; null in records of older versions of the local cloud.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The size of the server's disk in GB; null if the variant does not say.</summary>
    public int? Volume { get; init; }

    public required string Image { get; init; }

    /// <summary>The S3 URI of the model archive; null if the image contains the model.</summary>
    public string? ModelDataUrl { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The role whose credentials the server gets.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The caller that fetches the server's files and writes its log.</summary>
    public Caller Role => RoleArn is { } role ? Caller.OfRole(role, "SageMaker") : Caller.Root;

    /// <summary>True if the server has no network.</summary>
    public bool EnableNetworkIsolation { get; init; }

    /// <summary>The limit, in real seconds, for a new server to answer its health check.</summary>
    public int StartupSeconds { get; init; }
}
