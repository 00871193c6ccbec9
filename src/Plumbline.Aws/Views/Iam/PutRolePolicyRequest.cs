using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's PutRolePolicyRequest.</summary>
public sealed record PutRolePolicyRequest(JsonObject Tree)
{
    public string PolicyName =>
        Tree.Text("PolicyName") ?? throw ViewError.Missing(nameof(PutRolePolicyRequest), "PolicyName");

    public string PolicyDocument =>
        Tree.Text("PolicyDocument") ?? throw ViewError.Missing(nameof(PutRolePolicyRequest), "PolicyDocument");
}
