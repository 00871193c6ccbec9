using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's GetRolePolicyRequest.</summary>
public sealed record GetRolePolicyRequest(JsonObject Tree)
{
    public string RoleName =>
        Tree.Text("RoleName") ?? throw ViewError.Missing(nameof(GetRolePolicyRequest), "RoleName");

    public string PolicyName =>
        Tree.Text("PolicyName") ?? throw ViewError.Missing(nameof(GetRolePolicyRequest), "PolicyName");
}
