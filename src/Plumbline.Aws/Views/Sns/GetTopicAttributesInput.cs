using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's GetTopicAttributesInput.</summary>
public sealed record GetTopicAttributesInput(JsonObject Tree)
{
    public string TopicArn =>
        Tree.Text("TopicArn") ?? throw ViewError.Missing(nameof(GetTopicAttributesInput), "TopicArn");
}
