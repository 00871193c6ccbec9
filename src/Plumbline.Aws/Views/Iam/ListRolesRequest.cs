using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's ListRolesRequest.</summary>
public sealed record ListRolesRequest(JsonObject Tree)
{
    public string? PathPrefix => Tree.Text("PathPrefix");
}
