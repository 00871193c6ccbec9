using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingS3Output.</summary>
public sealed record ProcessingS3Output(JsonObject Tree)
{
    public string S3Uri => Tree.Text("S3Uri") ?? throw ViewError.Missing(nameof(ProcessingS3Output), "S3Uri");

    public string? LocalPath => Tree.Text("LocalPath");

    public string S3UploadMode =>
        Tree.Text("S3UploadMode") ?? throw ViewError.Missing(nameof(ProcessingS3Output), "S3UploadMode");
}
