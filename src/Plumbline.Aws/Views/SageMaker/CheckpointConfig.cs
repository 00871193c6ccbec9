using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CheckpointConfig.</summary>
public sealed record CheckpointConfig(JsonObject Tree)
{
    public string S3Uri => Tree.Text("S3Uri") ?? throw ViewError.Missing(nameof(CheckpointConfig), "S3Uri");

    public string? LocalPath => Tree.Text("LocalPath");
}
