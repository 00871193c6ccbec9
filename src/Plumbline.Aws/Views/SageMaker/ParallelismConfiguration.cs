using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ParallelismConfiguration.</summary>
public sealed record ParallelismConfiguration(JsonObject Tree)
{
    public int MaxParallelExecutionSteps =>
        Tree.Int("MaxParallelExecutionSteps")
        ?? throw ViewError.Missing(nameof(ParallelismConfiguration), "MaxParallelExecutionSteps");
}
