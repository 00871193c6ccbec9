using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's PublishBatchRequestEntry.</summary>
public sealed record PublishBatchRequestEntry(JsonObject Tree)
{
    public string Id => Tree.Text("Id") ?? throw ViewError.Missing(nameof(PublishBatchRequestEntry), "Id");
}
