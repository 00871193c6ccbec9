using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's PipelineDefinitionS3Location.</summary>
public sealed record PipelineDefinitionS3Location(JsonObject Tree)
{
    public string Bucket =>
        Tree.Text("Bucket") ?? throw ViewError.Missing(nameof(PipelineDefinitionS3Location), "Bucket");

    public string ObjectKey =>
        Tree.Text("ObjectKey") ?? throw ViewError.Missing(nameof(PipelineDefinitionS3Location), "ObjectKey");
}
