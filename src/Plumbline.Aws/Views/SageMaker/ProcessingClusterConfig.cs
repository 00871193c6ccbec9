using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingClusterConfig.</summary>
public sealed record ProcessingClusterConfig(JsonObject Tree)
{
    public int InstanceCount =>
        Tree.Int("InstanceCount") ?? throw ViewError.Missing(nameof(ProcessingClusterConfig), "InstanceCount");

    public string InstanceType =>
        Tree.Text("InstanceType") ?? throw ViewError.Missing(nameof(ProcessingClusterConfig), "InstanceType");

    public int VolumeSizeInGB =>
        Tree.Int("VolumeSizeInGB") ?? throw ViewError.Missing(nameof(ProcessingClusterConfig), "VolumeSizeInGB");
}
