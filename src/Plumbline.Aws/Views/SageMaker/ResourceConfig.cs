using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ResourceConfig.</summary>
public sealed record ResourceConfig(JsonObject Tree)
{
    public string? InstanceType => Tree.Text("InstanceType");

    public int? InstanceCount => Tree.Int("InstanceCount");

    public int? VolumeSizeInGB => Tree.Int("VolumeSizeInGB");
}
