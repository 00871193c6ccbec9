using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's ProjectEnvironment.</summary>
public sealed record ProjectEnvironment(JsonObject Tree)
{
    public string Image => Tree.Text("image") ?? throw ViewError.Missing(nameof(ProjectEnvironment), "image");

    public IEnumerable<EnvironmentVariable> EnvironmentVariables =>
        Tree.Objects("environmentVariables").Select(one => new EnvironmentVariable(one));

    public string ComputeType =>
        Tree.Text("computeType") ?? throw ViewError.Missing(nameof(ProjectEnvironment), "computeType");

    public string? ImagePullCredentialsType => Tree.Text("imagePullCredentialsType");
}
