using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's TrainingJobSummary.</summary>
public sealed record TrainingJobSummary(JsonObject Tree)
{
    public string TrainingJobName =>
        Tree.Text("TrainingJobName") ?? throw ViewError.Missing(nameof(TrainingJobSummary), "TrainingJobName");
}
