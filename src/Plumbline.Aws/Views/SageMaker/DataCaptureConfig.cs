using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DataCaptureConfig.</summary>
public sealed record DataCaptureConfig(JsonObject Tree)
{
    public bool? EnableCapture => Tree.Bool("EnableCapture");

    public int InitialSamplingPercentage =>
        Tree.Int("InitialSamplingPercentage")
        ?? throw ViewError.Missing(nameof(DataCaptureConfig), "InitialSamplingPercentage");

    public string DestinationS3Uri =>
        Tree.Text("DestinationS3Uri") ?? throw ViewError.Missing(nameof(DataCaptureConfig), "DestinationS3Uri");

    public string? KmsKeyId => Tree.Text("KmsKeyId");

    public IEnumerable<CaptureOption> CaptureOptions =>
        Tree.Objects("CaptureOptions").Select(one => new CaptureOption(one));

    public CaptureContentTypeHeader? CaptureContentTypeHeader =>
        Tree.Object("CaptureContentTypeHeader") is { } tree ? new CaptureContentTypeHeader(tree) : null;
}
