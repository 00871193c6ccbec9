using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's Subscription.</summary>
public sealed record Subscription(JsonObject Tree)
{
    public string? Protocol => Tree.Text("Protocol");

    public string? Endpoint => Tree.Text("Endpoint");
}
