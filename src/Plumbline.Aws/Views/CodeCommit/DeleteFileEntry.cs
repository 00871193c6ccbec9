using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's DeleteFileEntry.</summary>
public sealed record DeleteFileEntry(JsonObject Tree)
{
    public string FilePath => Tree.Text("filePath") ?? throw ViewError.Missing(nameof(DeleteFileEntry), "filePath");
}
