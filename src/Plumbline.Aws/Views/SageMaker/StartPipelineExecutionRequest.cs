using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's StartPipelineExecutionRequest.</summary>
public sealed record StartPipelineExecutionRequest(JsonObject Tree)
{
    public string PipelineName =>
        Tree.Text("PipelineName") ?? throw ViewError.Missing(nameof(StartPipelineExecutionRequest), "PipelineName");

    public IEnumerable<Parameter> PipelineParameters =>
        Tree.Objects("PipelineParameters").Select(one => new Parameter(one));

    public string ClientRequestToken =>
        Tree.Text("ClientRequestToken")
        ?? throw ViewError.Missing(nameof(StartPipelineExecutionRequest), "ClientRequestToken");

    public long? PipelineVersionId => Tree.Long("PipelineVersionId");
}
