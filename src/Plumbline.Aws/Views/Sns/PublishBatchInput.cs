using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's PublishBatchInput.</summary>
public sealed record PublishBatchInput(JsonObject Tree)
{
    public string TopicArn => Tree.Text("TopicArn") ?? throw ViewError.Missing(nameof(PublishBatchInput), "TopicArn");

    public IEnumerable<PublishBatchRequestEntry> PublishBatchRequestEntries =>
        Tree.Objects("PublishBatchRequestEntries").Select(one => new PublishBatchRequestEntry(one));
}
