using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CreateModelPackageInput.</summary>
public sealed record CreateModelPackageInput(JsonObject Tree)
{
    public string? ModelPackageName => Tree.Text("ModelPackageName");

    public string? ModelPackageGroupName => Tree.Text("ModelPackageGroupName");

    public MetadataProperties? MetadataProperties =>
        Tree.Object("MetadataProperties") is { } tree ? new MetadataProperties(tree) : null;

    public string? ClientToken => Tree.Text("ClientToken");
}
