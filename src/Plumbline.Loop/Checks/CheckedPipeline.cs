using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.Loop.Checks;

/// <summary>
/// A pipeline definition for the rules: plain JSON, so that a definition that AWS would reject is still checked to its
/// end.
/// </summary>
public sealed class CheckedPipeline
{
    private readonly Dictionary<string, JsonNode?> defaults = new(StringComparer.Ordinal);
    private readonly List<CheckedStep> steps = [];
    private readonly List<string> withoutDefault = [];

    private CheckedPipeline(string name, string definition) => (Name, Definition) = (name, definition);

    /// <summary>The pipeline's name, or its file's.</summary>
    public string Name { get; }

    /// <summary>The JSON text that would be sent to AWS.</summary>
    public string Definition { get; }

    /// <summary>The steps, including those of branches.</summary>
    internal IReadOnlyList<CheckedStep> Steps => steps;

    /// <summary>The parameters without a default, which StartPipelineExecution must set.</summary>
    internal IReadOnlyList<string> WithoutDefault => withoutDefault;

    /// <summary>The pipeline as the place of a finding.</summary>
    internal string Place => $"pipeline {Name}";

    /// <summary>Reads a definition as far as it is valid; never throws.</summary>
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

    /// <summary>The text of a node, or the default of its parameter; null if it is known only at run time.</summary>
    internal string? Text(JsonNode? node) =>
        node switch
        {
            JsonValue value => value.GetValueKind() == JsonValueKind.String
                ? value.GetValue<string>()
                : value.ToJsonString(),
            JsonObject when Expression.KindOf(node) == Expression.Get => Default(node[Expression.Get]),
            _ => null,
        };

    /// <summary>The number of a node, or the default of its parameter, or null.</summary>
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
            return null; // DefinitionRules.Refused reports the reason
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
