using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's CreateRoleRequest.</summary>
public sealed record CreateRoleRequest(JsonObject Tree)
{
    public string AssumeRolePolicyDocument =>
        Tree.Text("AssumeRolePolicyDocument")
        ?? throw ViewError.Missing(nameof(CreateRoleRequest), "AssumeRolePolicyDocument");
}
