using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's BatchGetProjectsInput.</summary>
public sealed record BatchGetProjectsInput(JsonObject Tree)
{
    public IEnumerable<string> Names => Tree.Texts("names");
}
