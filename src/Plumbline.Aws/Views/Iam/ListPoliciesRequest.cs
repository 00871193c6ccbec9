using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's ListPoliciesRequest.</summary>
public sealed record ListPoliciesRequest(JsonObject Tree)
{
    public string? Scope => Tree.Text("Scope");

    public string? PathPrefix => Tree.Text("PathPrefix");

    public bool? OnlyAttached => Tree.Bool("OnlyAttached");
}
