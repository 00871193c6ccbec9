using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's DeletePolicyRequest.</summary>
public sealed record DeletePolicyRequest(JsonObject Tree)
{
    public string PolicyArn =>
        Tree.Text("PolicyArn") ?? throw ViewError.Missing(nameof(DeletePolicyRequest), "PolicyArn");
}
