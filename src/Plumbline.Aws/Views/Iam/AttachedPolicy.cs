using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's AttachedPolicy.</summary>
public sealed record AttachedPolicy(JsonObject Tree)
{
    public string? PolicyName => Tree.Text("PolicyName");

    public string PolicyArn => Tree.Text("PolicyArn") ?? throw ViewError.Missing(nameof(AttachedPolicy), "PolicyArn");
}
