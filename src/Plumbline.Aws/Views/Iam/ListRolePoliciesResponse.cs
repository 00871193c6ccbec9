using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's ListRolePoliciesResponse.</summary>
public sealed record ListRolePoliciesResponse(JsonObject Tree)
{
    public IEnumerable<string> PolicyNames => Tree.Texts("PolicyNames");
}
