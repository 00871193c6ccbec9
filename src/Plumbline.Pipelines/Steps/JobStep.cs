using System.Text.Json.Nodes;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step that runs a job.</summary>
/// <param name="Name"><inheritdoc cref="Step.Name"/></param>
public abstract record JobStep(string Name) : Step(Name)
{
    /// <summary>The role under which the job runs.</summary>
    public required PipelineValue RoleArn { get; init; }

    /// <summary>Such as <c>ml.m5.xlarge</c>.</summary>
    public required PipelineValue InstanceType { get; init; }

    public PipelineValue InstanceCount { get; init; } = 1;

    /// <summary>The disk of each instance, GB.</summary>
    public PipelineValue VolumeSizeInGB { get; init; } = 30;

    /// <summary>When AWS ends the job; always sent, since AWS's default is 24 h.</summary>
    public required PipelineValue MaxRuntimeInSeconds { get; init; }

    /// <summary>Environment variables; numbers become text.</summary>
    public IReadOnlyDictionary<string, PipelineValue> Environment { get; init; } =
        new Dictionary<string, PipelineValue>();

    /// <summary>True if the job has no network.</summary>
    public bool EnableNetworkIsolation { get; init; }

    /// <summary>The subnets of the job; empty for a network that AWS manages.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>The security groups of its network interfaces.</summary>
    public IReadOnlyList<string> SecurityGroupIds { get; init; } = [];

    /// <summary>The key that encrypts the job's output in S3; null for the bucket's key.</summary>
    public string? OutputKmsKeyId { get; init; }

    /// <summary>The key that encrypts the job's disks; null for AWS's own key.</summary>
    public string? VolumeKmsKeyId { get; init; }

    /// <summary>Tags of the job.</summary>
    public IReadOnlyDictionary<string, PipelineValue> Tags { get; init; } = new Dictionary<string, PipelineValue>();

    /// <summary>
    /// Further arguments of the Create operation, by AWS's names; they win over the other properties.
    /// </summary>
    public JsonObject FurtherArguments { get; init; } = [];

    private protected JsonObject? VpcConfig() =>
        Subnets.Count == 0
            ? null
            : new JsonObject
            {
                ["SecurityGroupIds"] = new JsonArray([.. SecurityGroupIds.Select(id => JsonValue.Create(id))]),
                ["Subnets"] = new JsonArray([.. Subnets.Select(id => JsonValue.Create(id))]),
            };

    /// <summary>Adds a key to the object, if there is one.</summary>
    private protected static JsonObject WithKey(JsonObject of, string member, string? key)
    {
        if (key is not null)
        {
            of[member] = key;
        }

        return of;
    }

    private protected JsonNode? TagList() =>
        Tags.Count == 0
            ? null
            : new JsonArray([
                .. Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value.AsText().ToJson() }),
            ]);

    private protected JsonObject WithFurther(JsonObject arguments)
    {
        if (TagList() is { } tags)
        {
            arguments["Tags"] = tags;
        }

        foreach (var (name, value) in FurtherArguments)
        {
            arguments[name] = value?.DeepClone();
        }

        return arguments;
    }
}
