using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's ConfirmSubscriptionInput.</summary>
public sealed record ConfirmSubscriptionInput(JsonObject Tree)
{
    public string TopicArn =>
        Tree.Text("TopicArn") ?? throw ViewError.Missing(nameof(ConfirmSubscriptionInput), "TopicArn");

    public string Token => Tree.Text("Token") ?? throw ViewError.Missing(nameof(ConfirmSubscriptionInput), "Token");
}
