using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's StartBuildInput.</summary>
public sealed record StartBuildInput(JsonObject Tree)
{
    public string ProjectName =>
        Tree.Text("projectName") ?? throw ViewError.Missing(nameof(StartBuildInput), "projectName");

    public string? SourceVersion => Tree.Text("sourceVersion");

    public IEnumerable<EnvironmentVariable> EnvironmentVariablesOverride =>
        Tree.Objects("environmentVariablesOverride").Select(one => new EnvironmentVariable(one));

    public string? BuildspecOverride => Tree.Text("buildspecOverride");

    public int? TimeoutInMinutesOverride => Tree.Int("timeoutInMinutesOverride");

    public string? ServiceRoleOverride => Tree.Text("serviceRoleOverride");

    public string? IdempotencyToken => Tree.Text("idempotencyToken");
}
