using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's CreateRoleRequest.</summary>
public sealed record CreateRoleRequest(JsonObject Tree)
{
    public string RoleName => Tree.Text("RoleName") ?? throw ViewError.Missing(nameof(CreateRoleRequest), "RoleName");

    public string? Path => Tree.Text("Path");

    public string AssumeRolePolicyDocument =>
        Tree.Text("AssumeRolePolicyDocument")
        ?? throw ViewError.Missing(nameof(CreateRoleRequest), "AssumeRolePolicyDocument");

    public int? MaxSessionDuration => Tree.Int("MaxSessionDuration");

    public string? PermissionsBoundary => Tree.Text("PermissionsBoundary");

    public IEnumerable<Tag> Tags => Tree.Objects("Tags").Select(one => new Tag(one));
}
