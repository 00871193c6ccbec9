using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's StopTrainingJobRequest.</summary>
public sealed record StopTrainingJobRequest(JsonObject Tree)
{
    public string TrainingJobName =>
        Tree.Text("TrainingJobName") ?? throw ViewError.Missing(nameof(StopTrainingJobRequest), "TrainingJobName");
}
