using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's UntagResourceRequest.</summary>
public sealed record UntagResourceRequest(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("ResourceArn") ?? throw ViewError.Missing(nameof(UntagResourceRequest), "ResourceArn");

    public IEnumerable<string> TagKeys => Tree.Texts("TagKeys");
}
