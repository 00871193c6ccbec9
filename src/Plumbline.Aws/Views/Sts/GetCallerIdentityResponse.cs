using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sts;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of STS's GetCallerIdentityResponse.</summary>
public sealed record GetCallerIdentityResponse(JsonObject Tree)
{
    public string Account =>
        Tree.Text("Account") ?? throw ViewError.Missing(nameof(GetCallerIdentityResponse), "Account");

    public string Arn => Tree.Text("Arn") ?? throw ViewError.Missing(nameof(GetCallerIdentityResponse), "Arn");
}
