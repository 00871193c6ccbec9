using System.Text.Json.Nodes;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step that runs a job.</summary>
/// <param name="Name"><inheritdoc cref="Step.Name"/></param>
public abstract record JobStep(string Name) : Step(Name)
{
    /// <summary>In whose name the job acts.</summary>
    public required PipelineValue RoleArn { get; init; }

    /// <summary>Such as <c>ml.m5.xlarge</c>.</summary>
    public required PipelineValue InstanceType { get; init; }

    /// <summary>How many instances.</summary>
    public PipelineValue InstanceCount { get; init; } = 1;

    /// <summary>The disk of each instance, GB.</summary>
    public PipelineValue VolumeSizeInGB { get; init; } = 30;

    /// <summary>When the job is ended; always sent, since AWS's own limit is 24 h.</summary>
    public required PipelineValue MaxRuntimeInSeconds { get; init; }

    /// <summary>Environment variables; numbers become text.</summary>
    public IReadOnlyDictionary<string, PipelineValue> Environment { get; init; } =
        new Dictionary<string, PipelineValue>();

    /// <summary>Whether the job has no network.</summary>
    public bool EnableNetworkIsolation { get; init; }

    /// <summary>The subnets that it is in; empty for a network of AWS's.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>The security groups of its network interfaces.</summary>
    public IReadOnlyList<string> SecurityGroupIds { get; init; } = [];

    /// <summary>The key that what it writes to S3 is encrypted with; null for the bucket's own.</summary>
    public string? OutputKmsKeyId { get; init; }

    /// <summary>The key that its disks are encrypted with; null for one of AWS's.</summary>
    public string? VolumeKmsKeyId { get; init; }

    /// <summary>Tags of the job.</summary>
    public IReadOnlyDictionary<string, PipelineValue> Tags { get; init; } = new Dictionary<string, PipelineValue>();

    /// <summary>Further arguments of the Create operation, by AWS's names; they win over those made from the other properties.</summary>
    public JsonObject FurtherArguments { get; init; } = [];

    private protected JsonObject? VpcConfig() =>
        Subnets.Count == 0
            ? null
            : new JsonObject
            {
                ["SecurityGroupIds"] = new JsonArray([.. SecurityGroupIds.Select(id => JsonValue.Create(id))]),
                ["Subnets"] = new JsonArray([.. Subnets.Select(id => JsonValue.Create(id))]),
            };

    /// <summary>The object with a key, where there is one.</summary>
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
