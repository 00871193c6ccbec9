using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's OutputDataConfig.</summary>
public sealed record OutputDataConfig(JsonObject Tree)
{
    public string S3OutputPath =>
        Tree.Text("S3OutputPath") ?? throw ViewError.Missing(nameof(OutputDataConfig), "S3OutputPath");

    public string? CompressionType => Tree.Text("CompressionType");
}
