using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's MetricsSource.</summary>
public sealed record MetricsSource(JsonObject Tree)
{
    public string S3Uri => Tree.Text("S3Uri") ?? throw ViewError.Missing(nameof(MetricsSource), "S3Uri");
}
