using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingStoppingCondition.</summary>
public sealed record ProcessingStoppingCondition(JsonObject Tree)
{
    public int MaxRuntimeInSeconds =>
        Tree.Int("MaxRuntimeInSeconds")
        ?? throw ViewError.Missing(nameof(ProcessingStoppingCondition), "MaxRuntimeInSeconds");
}
