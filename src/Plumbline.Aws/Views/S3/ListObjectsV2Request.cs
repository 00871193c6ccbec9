using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's ListObjectsV2Request.</summary>
public sealed record ListObjectsV2Request(JsonObject Tree)
{
    public string? ContinuationToken => Tree.Text("ContinuationToken");

    public string? StartAfter => Tree.Text("StartAfter");

    public bool? FetchOwner => Tree.Bool("FetchOwner");
}
