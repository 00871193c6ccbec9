using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListPipelineExecutionsResponse.</summary>
public sealed record ListPipelineExecutionsResponse(JsonObject Tree)
{
    public IEnumerable<PipelineExecutionSummary> PipelineExecutionSummaries =>
        Tree.Objects("PipelineExecutionSummaries").Select(one => new PipelineExecutionSummary(one));
}
