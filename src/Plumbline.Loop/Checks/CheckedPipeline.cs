using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.Loop.Checks;

/// <summary>
/// A pipeline definition as rules see it: plain JSON, so that one that AWS would refuse is still looked through to its
/// end, whoever wrote it.
/// </summary>
public sealed class CheckedPipeline
{
    private readonly Dictionary<string, JsonNode?> defaults = new(StringComparer.Ordinal);
    private readonly List<CheckedStep> steps = [];
    private readonly List<string> withoutDefault = [];

    private CheckedPipeline(string name, string definition) => (Name, Definition) = (name, definition);

    /// <summary>The pipeline's name, or its file's.</summary>
    public string Name { get; }

    /// <summary>The text as it would be sent.</summary>
    public string Definition { get; }

    /// <summary>Its steps, those of branches too.</summary>
    internal IReadOnlyList<CheckedStep> Steps => steps;

    /// <summary>The parameters that StartPipelineExecution must give.</summary>
    internal IReadOnlyList<string> WithoutDefault => withoutDefault;

    /// <summary>The pipeline without its steps, as a place.</summary>
    internal string Place => $"pipeline {Name}";

    /// <summary>Reads a definition, whatever is wrong with it.</summary>
    public static CheckedPipeline Read(string name, string definition)
    {
        var pipeline = new CheckedPipeline(name, definition);
        if (Parse(definition) is { } root)
        {
            foreach (var parameter in Objects(root["Parameters"]))
            {
                pipeline.AddParameter(parameter);
            }

            pipeline.AddSteps(root["Steps"], "");
        }

        return pipeline;
    }

    /// <summary>The text that a node is, or that its parameter is by default; null where it is known only at run time.</summary>
    internal string? Text(JsonNode? node) =>
        node switch
        {
            JsonValue value => value.GetValueKind() == JsonValueKind.String
                ? value.GetValue<string>()
                : value.ToJsonString(),
            JsonObject when Expression.KindOf(node) == Expression.Get => Default(node[Expression.Get]),
            _ => null,
        };

    /// <summary>The number that a node is, or that its parameter is by default.</summary>
    internal double? Number(JsonNode? node) =>
        double.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];

    private static JsonObject? Parse(string definition)
    {
        try
        {
            return JsonNode.Parse(definition) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null; // the rule that reads it as AWS does says why
        }
    }

    private string? Default(JsonNode? reference) =>
        Text(reference)?.Split('.', 2) is ["Parameters", var name] ? Text(defaults.GetValueOrDefault(name)) : null;

    private void AddParameter(JsonObject parameter)
    {
        if (Text(parameter["Name"]) is not { } name)
        {
            return;
        }

        defaults[name] = parameter["DefaultValue"];
        if (parameter["DefaultValue"] is null)
        {
            withoutDefault.Add(name);
        }
    }

    private void AddSteps(JsonNode? list, string branch)
    {
        foreach (var node in Objects(list))
        {
            var step = new CheckedStep(this, node, branch);
            steps.Add(step);
            AddSteps(step.Arguments["IfSteps"], $"{branch}/{step.Name}:if");
            AddSteps(step.Arguments["ElseSteps"], $"{branch}/{step.Name}:else");
        }
    }
}
