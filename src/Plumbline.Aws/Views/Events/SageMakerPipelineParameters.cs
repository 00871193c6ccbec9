using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's SageMakerPipelineParameters.</summary>
public sealed record SageMakerPipelineParameters(JsonObject Tree)
{
    public IEnumerable<SageMakerPipelineParameter> PipelineParameterList =>
        Tree.Objects("PipelineParameterList").Select(one => new SageMakerPipelineParameter(one));
}
