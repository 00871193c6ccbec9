using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's Tag.</summary>
public sealed record Tag(JsonObject Tree)
{
    public string Key => Tree.Text("Key") ?? throw ViewError.Missing(nameof(Tag), "Key");

    public string Value => Tree.Text("Value") ?? throw ViewError.Missing(nameof(Tag), "Value");
}
