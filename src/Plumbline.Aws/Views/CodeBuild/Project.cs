using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's Project.</summary>
public sealed record Project(JsonObject Tree)
{
    public ProjectEnvironment? Environment =>
        Tree.Object("environment") is { } tree ? new ProjectEnvironment(tree) : null;

    public string Arn => Tree.Text("arn") ?? throw ViewError.Missing(nameof(Project), "arn");

    public string Name => Tree.Text("name") ?? throw ViewError.Missing(nameof(Project), "name");

    public ProjectSource? Source => Tree.Object("source") is { } tree ? new ProjectSource(tree) : null;

    public string? SourceVersion => Tree.Text("sourceVersion");

    public ProjectArtifacts? Artifacts => Tree.Object("artifacts") is { } tree ? new ProjectArtifacts(tree) : null;

    public ProjectCache? Cache => Tree.Object("cache") is { } tree ? new ProjectCache(tree) : null;

    public string? ServiceRole => Tree.Text("serviceRole");

    public int? TimeoutInMinutes => Tree.Int("timeoutInMinutes");

    public int? QueuedTimeoutInMinutes => Tree.Int("queuedTimeoutInMinutes");

    public IEnumerable<Tag> Tags => Tree.Objects("tags").Select(one => new Tag(one));
}
