using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DataSource.</summary>
public sealed record DataSource(JsonObject Tree)
{
    public S3DataSource? S3DataSource => Tree.Object("S3DataSource") is { } tree ? new S3DataSource(tree) : null;
}
