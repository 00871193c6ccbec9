using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's UpdateAssumeRolePolicyRequest.</summary>
public sealed record UpdateAssumeRolePolicyRequest(JsonObject Tree)
{
    public string RoleName =>
        Tree.Text("RoleName") ?? throw ViewError.Missing(nameof(UpdateAssumeRolePolicyRequest), "RoleName");

    public string PolicyDocument =>
        Tree.Text("PolicyDocument") ?? throw ViewError.Missing(nameof(UpdateAssumeRolePolicyRequest), "PolicyDocument");
}
