using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sts;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of STS's AssumeRoleRequest.</summary>
public sealed record AssumeRoleRequest(JsonObject Tree)
{
    public string RoleArn => Tree.Text("RoleArn") ?? throw ViewError.Missing(nameof(AssumeRoleRequest), "RoleArn");

    public string RoleSessionName =>
        Tree.Text("RoleSessionName") ?? throw ViewError.Missing(nameof(AssumeRoleRequest), "RoleSessionName");

    public int? DurationSeconds => Tree.Int("DurationSeconds");

    public string? SourceIdentity => Tree.Text("SourceIdentity");
}
