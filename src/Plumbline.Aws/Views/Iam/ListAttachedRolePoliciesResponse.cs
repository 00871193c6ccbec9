using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's ListAttachedRolePoliciesResponse.</summary>
public sealed record ListAttachedRolePoliciesResponse(JsonObject Tree)
{
    public IEnumerable<AttachedPolicy> AttachedPolicies =>
        Tree.Objects("AttachedPolicies").Select(one => new AttachedPolicy(one));
}
