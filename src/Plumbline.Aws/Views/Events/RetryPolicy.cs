using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's RetryPolicy.</summary>
public sealed record RetryPolicy(JsonObject Tree)
{
    public int? MaximumRetryAttempts => Tree.Int("MaximumRetryAttempts");

    public int? MaximumEventAgeInSeconds => Tree.Int("MaximumEventAgeInSeconds");
}
