using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sts;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of STS's AssumeRoleResponse.</summary>
public sealed record AssumeRoleResponse(JsonObject Tree)
{
    public Credentials Credentials =>
        new(Tree.Object("Credentials") ?? throw ViewError.Missing(nameof(AssumeRoleResponse), "Credentials"));
}
