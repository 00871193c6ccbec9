using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's ListSubscriptionsByTopicInput.</summary>
public sealed record ListSubscriptionsByTopicInput(JsonObject Tree)
{
    public string TopicArn =>
        Tree.Text("TopicArn") ?? throw ViewError.Missing(nameof(ListSubscriptionsByTopicInput), "TopicArn");

    public string? NextToken => Tree.Text("NextToken");
}
