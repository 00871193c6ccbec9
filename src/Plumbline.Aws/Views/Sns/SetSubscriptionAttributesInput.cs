using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's SetSubscriptionAttributesInput.</summary>
public sealed record SetSubscriptionAttributesInput(JsonObject Tree)
{
    public string SubscriptionArn =>
        Tree.Text("SubscriptionArn")
        ?? throw ViewError.Missing(nameof(SetSubscriptionAttributesInput), "SubscriptionArn");

    public string AttributeName =>
        Tree.Text("AttributeName") ?? throw ViewError.Missing(nameof(SetSubscriptionAttributesInput), "AttributeName");

    public string? AttributeValue => Tree.Text("AttributeValue");
}
