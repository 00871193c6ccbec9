using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's Tag.</summary>
public sealed record Tag(JsonObject Tree)
{
    public string Key => Tree.Text("Key") ?? throw ViewError.Missing(nameof(Tag), "Key");
}
