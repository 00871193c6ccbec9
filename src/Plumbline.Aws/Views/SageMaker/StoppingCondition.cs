using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's StoppingCondition.</summary>
public sealed record StoppingCondition(JsonObject Tree)
{
    public int? MaxRuntimeInSeconds => Tree.Int("MaxRuntimeInSeconds");

    public int? MaxWaitTimeInSeconds => Tree.Int("MaxWaitTimeInSeconds");
}
