using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's LogsLocation.</summary>
public sealed record LogsLocation(JsonObject Tree)
{
    public string? GroupName => Tree.Text("groupName");

    public string? StreamName => Tree.Text("streamName");
}
