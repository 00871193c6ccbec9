using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingJobSummary.</summary>
public sealed record ProcessingJobSummary(JsonObject Tree)
{
    public string ProcessingJobName =>
        Tree.Text("ProcessingJobName") ?? throw ViewError.Missing(nameof(ProcessingJobSummary), "ProcessingJobName");
}
