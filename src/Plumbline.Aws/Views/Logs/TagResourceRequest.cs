using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's TagResourceRequest.</summary>
public sealed record TagResourceRequest(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("resourceArn") ?? throw ViewError.Missing(nameof(TagResourceRequest), "resourceArn");

    public IReadOnlyDictionary<string, string> Tags => Tree.Map("tags");
}
