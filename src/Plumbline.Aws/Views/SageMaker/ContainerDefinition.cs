using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ContainerDefinition.</summary>
public sealed record ContainerDefinition(JsonObject Tree)
{
    public string? ModelPackageName => Tree.Text("ModelPackageName");

    public string? Image => Tree.Text("Image");

    public string? ModelDataUrl => Tree.Text("ModelDataUrl");

    public ModelDataSource? ModelDataSource =>
        Tree.Object("ModelDataSource") is { } tree ? new ModelDataSource(tree) : null;
}
