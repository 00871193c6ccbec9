namespace Plumbline.Records.Project;

/// <summary>Production.</summary>
public sealed record EndpointDescription
{
    /// <summary>Instance type.</summary>
    public string Instance { get; init; } = "ml.g4dn.xlarge";

    /// <summary>How many instances.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How traffic moves to a new version.</summary>
    public TrafficRouting Routing { get; init; } = TrafficRouting.AllAtOnce;

    /// <summary>The share of the instances in the first step of a canary, or in each step of linear routing.</summary>
    public double Step { get; init; } = 0.5;

    /// <summary>How long the alarms are watched after traffic moved, at most 1 h (AWS's limit).</summary>
    public TimeSpan Bake { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Sent as InferenceAmiVersion: the image of the instance, which decides on the GPU's driver; null for SageMaker's own.</summary>
    public string? AmiVersion { get; init; }

    /// <summary>Sent as ContainerStartupHealthCheckTimeoutInSeconds: how long the model server may take to answer its first ping.</summary>
    public TimeSpan? StartupTimeout { get; init; }

    /// <summary>Sent as ModelDataDownloadTimeoutInSeconds: how long the download of the model may take.</summary>
    public TimeSpan? DownloadTimeout { get; init; }
}

/// <summary>The requests and answers that the endpoint keeps.</summary>
public sealed record CaptureDescription
{
    /// <summary>The share of the requests that is kept, in whole per cent; the others can be neither measured nor corrected.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Sent as InitialSamplingPercentage, 1 to 100.</summary>
    public int Percent() => (int)Math.Round(Share * 100);

    /// <summary>How long they stay, in whole days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}

/// <summary>AWS's TrafficRoutingConfiguration types; <c>all-at-once</c>, <c>canary</c>, <c>linear</c> in YAML.</summary>
public enum TrafficRouting
{
    /// <summary>Everything at once.</summary>
    AllAtOnce,

    /// <summary>A part first, then the rest; needs two instances.</summary>
    Canary,

    /// <summary>Equal steps; needs two instances.</summary>
    Linear,
}
