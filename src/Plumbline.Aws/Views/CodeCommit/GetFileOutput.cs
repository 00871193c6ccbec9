using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's GetFileOutput.</summary>
public sealed record GetFileOutput(JsonObject Tree)
{
    public ReadOnlyMemory<byte> FileContent => Convert.FromBase64String(Tree.Text("fileContent") ?? "");
}
