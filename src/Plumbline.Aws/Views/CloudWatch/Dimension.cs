using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's Dimension.</summary>
public sealed record Dimension(JsonObject Tree)
{
    public string Name => Tree.Text("Name") ?? throw ViewError.Missing(nameof(Dimension), "Name");

    public string Value => Tree.Text("Value") ?? throw ViewError.Missing(nameof(Dimension), "Value");
}
