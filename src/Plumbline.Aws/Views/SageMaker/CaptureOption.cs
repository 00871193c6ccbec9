using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CaptureOption.</summary>
public sealed record CaptureOption(JsonObject Tree)
{
    public string CaptureMode =>
        Tree.Text("CaptureMode") ?? throw ViewError.Missing(nameof(CaptureOption), "CaptureMode");
}
