using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListPipelinesRequest.</summary>
public sealed record ListPipelinesRequest(JsonObject Tree)
{
    public string? PipelineNamePrefix => Tree.Text("PipelineNamePrefix");

    public DateTimeOffset? CreatedAfter => Tree.Time("CreatedAfter");

    public DateTimeOffset? CreatedBefore => Tree.Time("CreatedBefore");
}
