using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DeleteModelInput.</summary>
public sealed record DeleteModelInput(JsonObject Tree)
{
    public string ModelName => Tree.Text("ModelName") ?? throw ViewError.Missing(nameof(DeleteModelInput), "ModelName");
}
