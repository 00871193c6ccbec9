using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's ListTagsForResourceRequest.</summary>
public sealed record ListTagsForResourceRequest(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("resourceArn") ?? throw ViewError.Missing(nameof(ListTagsForResourceRequest), "resourceArn");
}
