using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's Build.</summary>
public sealed record Build(JsonObject Tree)
{
    public string Id => Tree.Text("id") ?? throw ViewError.Missing(nameof(Build), "id");

    public string ProjectName => Tree.Text("projectName") ?? throw ViewError.Missing(nameof(Build), "projectName");

    public long? BuildNumber => Tree.Long("buildNumber");

    public string? BuildStatus => Tree.Text("buildStatus");

    public bool BuildComplete => Tree.Bool("buildComplete") ?? throw ViewError.Missing(nameof(Build), "buildComplete");

    public string? CurrentPhase => Tree.Text("currentPhase");

    public string? SourceVersion => Tree.Text("sourceVersion");

    public string? Initiator => Tree.Text("initiator");

    public DateTimeOffset? StartTime => Tree.Time("startTime");

    public DateTimeOffset? EndTime => Tree.Time("endTime");

    public ProjectEnvironment? Environment =>
        Tree.Object("environment") is { } tree ? new ProjectEnvironment(tree) : null;

    public IEnumerable<BuildPhase> Phases => Tree.Objects("phases").Select(one => new BuildPhase(one));

    public LogsLocation? Logs => Tree.Object("logs") is { } tree ? new LogsLocation(tree) : null;

    public string Arn => Tree.Text("arn") ?? throw ViewError.Missing(nameof(Build), "arn");

    public string? ResolvedSourceVersion => Tree.Text("resolvedSourceVersion");

    public string ServiceRole => Tree.Text("serviceRole") ?? throw ViewError.Missing(nameof(Build), "serviceRole");

    public ProjectSource Source => new(Tree.Object("source") ?? throw ViewError.Missing(nameof(Build), "source"));

    public int? TimeoutInMinutes => Tree.Int("timeoutInMinutes");
}
