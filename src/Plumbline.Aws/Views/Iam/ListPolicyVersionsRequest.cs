using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's ListPolicyVersionsRequest.</summary>
public sealed record ListPolicyVersionsRequest(JsonObject Tree)
{
    public string PolicyArn =>
        Tree.Text("PolicyArn") ?? throw ViewError.Missing(nameof(ListPolicyVersionsRequest), "PolicyArn");
}
