using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListPipelineExecutionStepsRequest.</summary>
public sealed record ListPipelineExecutionStepsRequest(JsonObject Tree)
{
    public string? PipelineExecutionArn => Tree.Text("PipelineExecutionArn");

    public string? NextToken => Tree.Text("NextToken");

    public int? MaxResults => Tree.Int("MaxResults");

    public string? SortOrder => Tree.Text("SortOrder");
}
