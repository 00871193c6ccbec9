using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's PutRetentionPolicyRequest.</summary>
public sealed record PutRetentionPolicyRequest(JsonObject Tree)
{
    public string LogGroupName =>
        Tree.Text("logGroupName") ?? throw ViewError.Missing(nameof(PutRetentionPolicyRequest), "logGroupName");

    public int RetentionInDays =>
        Tree.Int("retentionInDays") ?? throw ViewError.Missing(nameof(PutRetentionPolicyRequest), "retentionInDays");
}
