using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's S3DataSource.</summary>
public sealed record S3DataSource(JsonObject Tree)
{
    public string S3DataType => Tree.Text("S3DataType") ?? throw ViewError.Missing(nameof(S3DataSource), "S3DataType");

    public string S3Uri => Tree.Text("S3Uri") ?? throw ViewError.Missing(nameof(S3DataSource), "S3Uri");

    public string? S3DataDistributionType => Tree.Text("S3DataDistributionType");
}
