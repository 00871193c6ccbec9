using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's AlgorithmSpecification.</summary>
public sealed record AlgorithmSpecification(JsonObject Tree)
{
    public string? TrainingImage => Tree.Text("TrainingImage");

    public string? AlgorithmName => Tree.Text("AlgorithmName");

    public string TrainingInputMode =>
        Tree.Text("TrainingInputMode") ?? throw ViewError.Missing(nameof(AlgorithmSpecification), "TrainingInputMode");

    public IEnumerable<MetricDefinition> MetricDefinitions =>
        Tree.Objects("MetricDefinitions").Select(one => new MetricDefinition(one));

    public IEnumerable<string> ContainerEntrypoint => Tree.Texts("ContainerEntrypoint");

    public IEnumerable<string> ContainerArguments => Tree.Texts("ContainerArguments");
}
