using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's Role.</summary>
public sealed record Role(JsonObject Tree)
{
    public string Arn => Tree.Text("Arn") ?? throw ViewError.Missing(nameof(Role), "Arn");

    public int? MaxSessionDuration => Tree.Int("MaxSessionDuration");

    public string Path => Tree.Text("Path") ?? throw ViewError.Missing(nameof(Role), "Path");

    public string RoleName => Tree.Text("RoleName") ?? throw ViewError.Missing(nameof(Role), "RoleName");

    public string AssumeRolePolicyDocument =>
        Tree.Text("AssumeRolePolicyDocument") ?? throw ViewError.Missing(nameof(Role), "AssumeRolePolicyDocument");

    public AttachedPermissionsBoundary? PermissionsBoundary =>
        Tree.Object("PermissionsBoundary") is { } tree ? new AttachedPermissionsBoundary(tree) : null;

    public IEnumerable<Tag> Tags => Tree.Objects("Tags").Select(one => new Tag(one));
}
