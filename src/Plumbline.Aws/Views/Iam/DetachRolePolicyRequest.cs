using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's DetachRolePolicyRequest.</summary>
public sealed record DetachRolePolicyRequest(JsonObject Tree)
{
    public string RoleName =>
        Tree.Text("RoleName") ?? throw ViewError.Missing(nameof(DetachRolePolicyRequest), "RoleName");

    public string PolicyArn =>
        Tree.Text("PolicyArn") ?? throw ViewError.Missing(nameof(DetachRolePolicyRequest), "PolicyArn");
}
