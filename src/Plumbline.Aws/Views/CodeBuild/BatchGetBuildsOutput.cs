using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's BatchGetBuildsOutput.</summary>
public sealed record BatchGetBuildsOutput(JsonObject Tree)
{
    public IEnumerable<Build> Builds => Tree.Objects("builds").Select(one => new Build(one));
}
