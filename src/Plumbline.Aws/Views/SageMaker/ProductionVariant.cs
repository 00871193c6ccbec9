using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProductionVariant.</summary>
public sealed record ProductionVariant(JsonObject Tree)
{
    public string ModelName =>
        Tree.Text("ModelName") ?? throw ViewError.Missing(nameof(ProductionVariant), "ModelName");

    public int? InitialInstanceCount => Tree.Int("InitialInstanceCount");

    public string VariantName =>
        Tree.Text("VariantName") ?? throw ViewError.Missing(nameof(ProductionVariant), "VariantName");

    public double? InitialVariantWeight => Tree.Double("InitialVariantWeight");

    public string? InstanceType => Tree.Text("InstanceType");

    public int? VolumeSizeInGB => Tree.Int("VolumeSizeInGB");

    public int? ContainerStartupHealthCheckTimeoutInSeconds => Tree.Int("ContainerStartupHealthCheckTimeoutInSeconds");
}
