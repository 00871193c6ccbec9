using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's TagResourceInput.</summary>
public sealed record TagResourceInput(JsonObject Tree)
{
    public string ResourceARN =>
        Tree.Text("ResourceARN") ?? throw ViewError.Missing(nameof(TagResourceInput), "ResourceARN");
}
