using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's DescribeEventBusRequest.</summary>
public sealed record DescribeEventBusRequest(JsonObject Tree)
{
    public string? Name => Tree.Text("Name");
}
