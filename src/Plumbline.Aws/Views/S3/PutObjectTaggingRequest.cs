using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's PutObjectTaggingRequest.</summary>
public sealed record PutObjectTaggingRequest(JsonObject Tree)
{
    public Tagging Tagging =>
        new(Tree.Object("Tagging") ?? throw ViewError.Missing(nameof(PutObjectTaggingRequest), "Tagging"));
}
