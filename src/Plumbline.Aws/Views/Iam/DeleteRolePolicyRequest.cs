using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's DeleteRolePolicyRequest.</summary>
public sealed record DeleteRolePolicyRequest(JsonObject Tree)
{
    public string RoleName =>
        Tree.Text("RoleName") ?? throw ViewError.Missing(nameof(DeleteRolePolicyRequest), "RoleName");

    public string PolicyName =>
        Tree.Text("PolicyName") ?? throw ViewError.Missing(nameof(DeleteRolePolicyRequest), "PolicyName");
}
