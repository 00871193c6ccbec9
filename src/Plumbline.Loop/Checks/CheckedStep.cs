using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.Loop.Checks;

/// <summary>A step of a definition, for the rules.</summary>
/// <param name="Branch">The path of the step's branch; steps of one branch may run at the same time.</param>
internal sealed record CheckedStep(CheckedPipeline Pipeline, JsonObject Node, string Branch)
{
    public string Name => Pipeline.Text(Node["Name"]) ?? "?";

    public string Type => Pipeline.Text(Node["Type"]) ?? "?";

    public JsonObject Arguments => Node["Arguments"] as JsonObject ?? [];

    public string Place => $"pipeline {Pipeline.Name}, step {Name}";

    public bool IsTraining => Type == StepTypes.Training;

    public bool IsProcessing => Type == StepTypes.Processing;

    /// <summary>The image of its container; null if it is known only at run time.</summary>
    public ContainerImage? Image =>
        ContainerImage.Of(
            Text(IsTraining ? "AlgorithmSpecification.TrainingImage" : "AppSpecification.ImageUri") ?? ""
        );

    /// <summary>The instance type of its job; null if it is known only at run time.</summary>
    public string? InstanceType =>
        Text(IsTraining ? "ResourceConfig.InstanceType" : "ProcessingResources.ClusterConfig.InstanceType");

    /// <summary>The text of the argument at a path such as <c>ResourceConfig.InstanceType</c>.</summary>
    public string? Text(string path) => Pipeline.Text(Argument(path));

    /// <summary>The number of the argument at a path of names with dots between them.</summary>
    public double? Number(string path) => Pipeline.Number(Argument(path));

    /// <summary>The argument at a path of names with dots between them.</summary>
    public JsonNode? Argument(string path) =>
        path.Split('.').Aggregate((JsonNode?)Arguments, (node, name) => (node as JsonObject)?[name]);

    /// <summary>The steps that it waits for: DependsOn, and every step that it refers to.</summary>
    public IEnumerable<string> Needs =>
        ((Node["DependsOn"] as JsonArray)?.Select(Pipeline.Text).OfType<string>() ?? []).Concat(References(Arguments));

    private IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject tree when Expression.KindOf(tree) == Expression.Get => tree[Expression.Get] is JsonValue value
            && Expression.StepOf(value.ToString()) is var (step, _)
                ? [step]
                : [],
            JsonObject tree => tree.SelectMany(member => References(member.Value)),
            JsonArray list => list.SelectMany(References),
            _ => [],
        };
}
