using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ModelPackageContainerDefinition.</summary>
public sealed record ModelPackageContainerDefinition(JsonObject Tree)
{
    public string? Image => Tree.Text("Image");

    public string? ModelDataUrl => Tree.Text("ModelDataUrl");
}
