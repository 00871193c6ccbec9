using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListTrainingJobsResponse.</summary>
public sealed record ListTrainingJobsResponse(JsonObject Tree)
{
    public IEnumerable<TrainingJobSummary> TrainingJobSummaries =>
        Tree.Objects("TrainingJobSummaries").Select(one => new TrainingJobSummary(one));
}
