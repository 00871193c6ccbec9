using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's GetRoleRequest.</summary>
public sealed record GetRoleRequest(JsonObject Tree)
{
    public string RoleName => Tree.Text("RoleName") ?? throw ViewError.Missing(nameof(GetRoleRequest), "RoleName");
}
