using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListProcessingJobsResponse.</summary>
public sealed record ListProcessingJobsResponse(JsonObject Tree)
{
    public IEnumerable<ProcessingJobSummary> ProcessingJobSummaries =>
        Tree.Objects("ProcessingJobSummaries").Select(one => new ProcessingJobSummary(one));
}
