using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's ListSubscriptionsInput.</summary>
public sealed record ListSubscriptionsInput(JsonObject Tree)
{
    public string? NextToken => Tree.Text("NextToken");
}
