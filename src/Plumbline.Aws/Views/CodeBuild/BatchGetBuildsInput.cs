using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's BatchGetBuildsInput.</summary>
public sealed record BatchGetBuildsInput(JsonObject Tree)
{
    public IEnumerable<string> Ids => Tree.Texts("ids");
}
