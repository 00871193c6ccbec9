using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's GetPolicyVersionRequest.</summary>
public sealed record GetPolicyVersionRequest(JsonObject Tree)
{
    public string PolicyArn =>
        Tree.Text("PolicyArn") ?? throw ViewError.Missing(nameof(GetPolicyVersionRequest), "PolicyArn");

    public string VersionId =>
        Tree.Text("VersionId") ?? throw ViewError.Missing(nameof(GetPolicyVersionRequest), "VersionId");
}
