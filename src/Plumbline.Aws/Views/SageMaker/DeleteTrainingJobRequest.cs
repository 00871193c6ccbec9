using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DeleteTrainingJobRequest.</summary>
public sealed record DeleteTrainingJobRequest(JsonObject Tree)
{
    public string TrainingJobName =>
        Tree.Text("TrainingJobName") ?? throw ViewError.Missing(nameof(DeleteTrainingJobRequest), "TrainingJobName");
}
