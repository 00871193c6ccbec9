using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListPipelinesResponse.</summary>
public sealed record ListPipelinesResponse(JsonObject Tree)
{
    public IEnumerable<PipelineSummary> PipelineSummaries =>
        Tree.Objects("PipelineSummaries").Select(one => new PipelineSummary(one));
}
