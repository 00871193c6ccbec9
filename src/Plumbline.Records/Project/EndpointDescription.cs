namespace Plumbline.Records.Project;

public sealed record EndpointDescription
{
    public string Instance { get; init; } = "ml.g4dn.xlarge";

    public int Count { get; init; } = 1;

    /// <summary>The way in which traffic moves to a new version.</summary>
    public TrafficRouting Routing { get; init; } = TrafficRouting.AllAtOnce;

    /// <summary>The share of the instances in the first step of a canary, or in each step of linear routing.</summary>
    public double Step { get; init; } = 0.5;

    /// <summary>The time for which alarms are watched after the traffic moved, at most 1 h (AWS's limit).</summary>
    public TimeSpan Bake { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Sent as InferenceAmiVersion: the instance's image, which decides on the GPU driver; null uses SageMaker's
    /// default.
    /// </summary>
    public string? AmiVersion { get; init; }

    /// <summary>
    /// Sent as ContainerStartupHealthCheckTimeoutInSeconds: the time until the model server must answer its first ping.
    /// </summary>
    public TimeSpan? StartupTimeout { get; init; }

    /// <summary>Sent as ModelDataDownloadTimeoutInSeconds: the time limit for downloading the model.</summary>
    public TimeSpan? DownloadTimeout { get; init; }
}

/// <summary>The requests and answers that the endpoint captures.</summary>
public sealed record CaptureDescription
{
    /// <summary>
    /// The captured share of requests, in whole per cent; the other requests can be neither measured nor corrected.
    /// </summary>
    public double Share { get; init; } = 1;

    /// <summary>Sent as InitialSamplingPercentage, 1 to 100.</summary>
    public int Percent() => (int)Math.Round(Share * 100);

    /// <summary>The time for which captures are kept, in whole days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}

/// <summary>
/// AWS's TrafficRoutingConfiguration types; <c>all-at-once</c>, <c>canary</c>, <c>linear</c> in YAML.
/// </summary>
public enum TrafficRouting
{
    /// <summary>All instances at once.</summary>
    AllAtOnce,

    /// <summary>A part first, then the rest; needs two instances.</summary>
    Canary,

    /// <summary>In equal steps; needs two instances.</summary>
    Linear,
}
