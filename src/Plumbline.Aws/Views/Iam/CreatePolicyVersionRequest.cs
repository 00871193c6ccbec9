using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's CreatePolicyVersionRequest.</summary>
public sealed record CreatePolicyVersionRequest(JsonObject Tree)
{
    public string PolicyArn =>
        Tree.Text("PolicyArn") ?? throw ViewError.Missing(nameof(CreatePolicyVersionRequest), "PolicyArn");

    public string PolicyDocument =>
        Tree.Text("PolicyDocument") ?? throw ViewError.Missing(nameof(CreatePolicyVersionRequest), "PolicyDocument");

    public bool? SetAsDefault => Tree.Bool("SetAsDefault");
}
