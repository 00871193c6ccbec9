using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingS3Input.</summary>
public sealed record ProcessingS3Input(JsonObject Tree)
{
    public string S3Uri => Tree.Text("S3Uri") ?? throw ViewError.Missing(nameof(ProcessingS3Input), "S3Uri");

    public string? LocalPath => Tree.Text("LocalPath");

    public string S3DataType =>
        Tree.Text("S3DataType") ?? throw ViewError.Missing(nameof(ProcessingS3Input), "S3DataType");

    public string? S3InputMode => Tree.Text("S3InputMode");

    public string? S3CompressionType => Tree.Text("S3CompressionType");
}
