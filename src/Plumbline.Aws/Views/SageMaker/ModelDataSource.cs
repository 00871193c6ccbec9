using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ModelDataSource.</summary>
public sealed record ModelDataSource(JsonObject Tree)
{
    public S3ModelDataSource? S3DataSource =>
        Tree.Object("S3DataSource") is { } tree ? new S3ModelDataSource(tree) : null;
}
