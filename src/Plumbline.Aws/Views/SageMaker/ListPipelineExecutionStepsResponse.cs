using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListPipelineExecutionStepsResponse.</summary>
public sealed record ListPipelineExecutionStepsResponse(JsonObject Tree)
{
    public IEnumerable<PipelineExecutionStep> PipelineExecutionSteps =>
        Tree.Objects("PipelineExecutionSteps").Select(one => new PipelineExecutionStep(one));
}
