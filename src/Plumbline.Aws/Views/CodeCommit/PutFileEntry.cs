using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's PutFileEntry.</summary>
public sealed record PutFileEntry(JsonObject Tree)
{
    public string FilePath => Tree.Text("filePath") ?? throw ViewError.Missing(nameof(PutFileEntry), "filePath");

    public string? FileMode => Tree.Text("fileMode");

    public ReadOnlyMemory<byte> FileContent => Convert.FromBase64String(Tree.Text("fileContent") ?? "");
}
