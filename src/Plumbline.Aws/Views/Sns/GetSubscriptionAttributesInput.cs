using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's GetSubscriptionAttributesInput.</summary>
public sealed record GetSubscriptionAttributesInput(JsonObject Tree)
{
    public string SubscriptionArn =>
        Tree.Text("SubscriptionArn")
        ?? throw ViewError.Missing(nameof(GetSubscriptionAttributesInput), "SubscriptionArn");
}
