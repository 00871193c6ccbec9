using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingInput.</summary>
public sealed record ProcessingInput(JsonObject Tree)
{
    public string InputName => Tree.Text("InputName") ?? throw ViewError.Missing(nameof(ProcessingInput), "InputName");

    public bool? AppManaged => Tree.Bool("AppManaged");

    public ProcessingS3Input? S3Input => Tree.Object("S3Input") is { } tree ? new ProcessingS3Input(tree) : null;
}
