using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's UntagResourceInput.</summary>
public sealed record UntagResourceInput(JsonObject Tree)
{
    public string ResourceARN =>
        Tree.Text("ResourceARN") ?? throw ViewError.Missing(nameof(UntagResourceInput), "ResourceARN");

    public IEnumerable<string> TagKeys => Tree.Texts("TagKeys");
}
