using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's DeleteRetentionPolicyRequest.</summary>
public sealed record DeleteRetentionPolicyRequest(JsonObject Tree)
{
    public string LogGroupName =>
        Tree.Text("logGroupName") ?? throw ViewError.Missing(nameof(DeleteRetentionPolicyRequest), "logGroupName");
}
