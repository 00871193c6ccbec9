using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's BuildPhase.</summary>
public sealed record BuildPhase(JsonObject Tree)
{
    public string? PhaseStatus => Tree.Text("phaseStatus");

    public IEnumerable<PhaseContext> Contexts => Tree.Objects("contexts").Select(one => new PhaseContext(one));

    public string PhaseType => Tree.Text("phaseType") ?? throw ViewError.Missing(nameof(BuildPhase), "phaseType");

    public DateTimeOffset StartTime =>
        Tree.Time("startTime") ?? throw ViewError.Missing(nameof(BuildPhase), "startTime");
}
