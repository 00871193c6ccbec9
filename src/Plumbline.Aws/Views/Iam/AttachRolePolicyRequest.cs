using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's AttachRolePolicyRequest.</summary>
public sealed record AttachRolePolicyRequest(JsonObject Tree)
{
    public string RoleName =>
        Tree.Text("RoleName") ?? throw ViewError.Missing(nameof(AttachRolePolicyRequest), "RoleName");

    public string PolicyArn =>
        Tree.Text("PolicyArn") ?? throw ViewError.Missing(nameof(AttachRolePolicyRequest), "PolicyArn");
}
