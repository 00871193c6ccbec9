using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingOutput.</summary>
public sealed record ProcessingOutput(JsonObject Tree)
{
    public string OutputName =>
        Tree.Text("OutputName") ?? throw ViewError.Missing(nameof(ProcessingOutput), "OutputName");

    public bool? AppManaged => Tree.Bool("AppManaged");

    public ProcessingS3Output? S3Output => Tree.Object("S3Output") is { } tree ? new ProcessingS3Output(tree) : null;
}
