using System.Text.Json.Nodes;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step of a pipeline. It runs as soon as the steps that it names or refers to have succeeded.</summary>
/// <param name="Name">
/// Unique in the pipeline with its branches; at most 64 letters, digits, <c>-</c> and <c>_</c>.
/// </param>
public abstract record Step(string Name)
{
    /// <summary>The name that people see.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The purpose of the step, for people.</summary>
    public string? Description { get; init; }

    /// <summary>Steps to wait for besides those in the arguments; AWS refuses condition and fail steps here.</summary>
    public IReadOnlyList<Step> DependsOn { get; init; } = [];

    /// <summary>When a failed attempt is repeated.</summary>
    public IReadOnlyList<RetryPolicy> RetryPolicies { get; init; } = [];

    /// <summary>The rules for taking an earlier result; null leaves them out.</summary>
    public CacheConfig? Cache { get; init; }

    /// <summary>AWS's name of the step's type.</summary>
    private protected abstract string Type { get; }

    /// <summary>A property of what the step made, at a path of AWS's Describe operation for it.</summary>
    /// <param name="path">Such as <c>ModelArtifacts.S3ModelArtifacts</c>.</param>
    /// <param name="text">True if the value is text, as most values are.</param>
    public StepProperty Property(string path, bool text = true) => new(Name, path, text);

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["Name"] = Name, ["Type"] = Type };
        if (DisplayName is not null)
        {
            json["DisplayName"] = DisplayName;
        }

        if (Description is not null)
        {
            json["Description"] = Description;
        }

        if (DependsOn.Count > 0)
        {
            json["DependsOn"] = new JsonArray([.. DependsOn.Select(step => JsonValue.Create(step.Name))]);
        }

        json["Arguments"] = Arguments();
        if (RetryPolicies.Count > 0)
        {
            json["RetryPolicies"] = new JsonArray([.. RetryPolicies.Select(policy => policy.ToJson())]);
        }

        if (Cache is not null)
        {
            json["CacheConfig"] = Cache.ToJson();
        }

        AddTo(json);
        return json;
    }

    /// <summary>The step's arguments with their expressions.</summary>
    private protected abstract JsonObject Arguments();

    private protected virtual void AddTo(JsonObject step) { }

    private protected static void Set(JsonObject tree, string name, PipelineValue? value)
    {
        if (value is not null)
        {
            tree[name] = value.ToJson();
        }
    }

    private protected static void Set(JsonObject tree, string name, IReadOnlyDictionary<string, PipelineValue> map)
    {
        if (map.Count > 0)
        {
            tree[name] = TextMap(map);
        }
    }

    private protected static void Set(JsonObject tree, string name, IEnumerable<JsonNode?> items)
    {
        var list = new JsonArray([.. items]);
        if (list.Count > 0)
        {
            tree[name] = list;
        }
    }

    private protected static JsonObject TextMap(IReadOnlyDictionary<string, PipelineValue> map) =>
        new(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.AsText().ToJson())));
}
