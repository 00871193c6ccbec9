using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's UnsubscribeInput.</summary>
public sealed record UnsubscribeInput(JsonObject Tree)
{
    public string SubscriptionArn =>
        Tree.Text("SubscriptionArn") ?? throw ViewError.Missing(nameof(UnsubscribeInput), "SubscriptionArn");
}
