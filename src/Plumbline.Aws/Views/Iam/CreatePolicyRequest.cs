using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's CreatePolicyRequest.</summary>
public sealed record CreatePolicyRequest(JsonObject Tree)
{
    public string PolicyName =>
        Tree.Text("PolicyName") ?? throw ViewError.Missing(nameof(CreatePolicyRequest), "PolicyName");

    public string? Path => Tree.Text("Path");

    public string PolicyDocument =>
        Tree.Text("PolicyDocument") ?? throw ViewError.Missing(nameof(CreatePolicyRequest), "PolicyDocument");
}
