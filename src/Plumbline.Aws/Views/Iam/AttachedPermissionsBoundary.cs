using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's AttachedPermissionsBoundary.</summary>
public sealed record AttachedPermissionsBoundary(JsonObject Tree)
{
    public string? PermissionsBoundaryArn => Tree.Text("PermissionsBoundaryArn");
}
