using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's GetRoleResponse.</summary>
public sealed record GetRoleResponse(JsonObject Tree)
{
    public Role Role => new(Tree.Object("Role") ?? throw ViewError.Missing(nameof(GetRoleResponse), "Role"));
}
