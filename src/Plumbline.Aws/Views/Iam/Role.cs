using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's Role.</summary>
public sealed record Role(JsonObject Tree)
{
    public string Arn => Tree.Text("Arn") ?? throw ViewError.Missing(nameof(Role), "Arn");

    public int? MaxSessionDuration => Tree.Int("MaxSessionDuration");
}
