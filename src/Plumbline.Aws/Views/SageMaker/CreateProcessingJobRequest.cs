using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CreateProcessingJobRequest.</summary>
public sealed record CreateProcessingJobRequest(JsonObject Tree)
{
    public string ProcessingJobName =>
        Tree.Text("ProcessingJobName")
        ?? throw ViewError.Missing(nameof(CreateProcessingJobRequest), "ProcessingJobName");

    public IEnumerable<ProcessingInput> ProcessingInputs =>
        Tree.Objects("ProcessingInputs").Select(one => new ProcessingInput(one));

    public ProcessingOutputConfig? ProcessingOutputConfig =>
        Tree.Object("ProcessingOutputConfig") is { } tree ? new ProcessingOutputConfig(tree) : null;
}
