using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's UntagResourceRequest.</summary>
public sealed record UntagResourceRequest(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("resourceArn") ?? throw ViewError.Missing(nameof(UntagResourceRequest), "resourceArn");

    public IEnumerable<string> TagKeys => Tree.Texts("tagKeys");
}
