using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's SubscribeInput.</summary>
public sealed record SubscribeInput(JsonObject Tree)
{
    public string TopicArn => Tree.Text("TopicArn") ?? throw ViewError.Missing(nameof(SubscribeInput), "TopicArn");

    public string Protocol => Tree.Text("Protocol") ?? throw ViewError.Missing(nameof(SubscribeInput), "Protocol");

    public string? Endpoint => Tree.Text("Endpoint");

    public IReadOnlyDictionary<string, string> Attributes => Tree.Map("Attributes");

    public bool? ReturnSubscriptionArn => Tree.Bool("ReturnSubscriptionArn");
}
