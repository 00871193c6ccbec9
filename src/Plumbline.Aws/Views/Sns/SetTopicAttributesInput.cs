using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's SetTopicAttributesInput.</summary>
public sealed record SetTopicAttributesInput(JsonObject Tree)
{
    public string TopicArn =>
        Tree.Text("TopicArn") ?? throw ViewError.Missing(nameof(SetTopicAttributesInput), "TopicArn");

    public string AttributeName =>
        Tree.Text("AttributeName") ?? throw ViewError.Missing(nameof(SetTopicAttributesInput), "AttributeName");

    public string? AttributeValue => Tree.Text("AttributeValue");
}
