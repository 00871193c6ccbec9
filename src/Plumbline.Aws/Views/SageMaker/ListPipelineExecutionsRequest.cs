using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListPipelineExecutionsRequest.</summary>
public sealed record ListPipelineExecutionsRequest(JsonObject Tree)
{
    public string PipelineName =>
        Tree.Text("PipelineName") ?? throw ViewError.Missing(nameof(ListPipelineExecutionsRequest), "PipelineName");

    public DateTimeOffset? CreatedAfter => Tree.Time("CreatedAfter");

    public DateTimeOffset? CreatedBefore => Tree.Time("CreatedBefore");

    public string? SortBy => Tree.Text("SortBy");
}
