using System.Text.Json.Nodes;

namespace Plumbline.Loop.Resources;

/// <summary>A kind of resource. Resources are created in this order.</summary>
public enum ResourceKind
{
    Role,
    Bucket,
    Repository,
    Topic,
    ModelPackageGroup,
    BuildProject,
    Pipeline,
    Alarm,
    Rule,
}

/// <summary>
/// One resource of a loop: its kind, its name, and the input of the AWS operation that creates it. Targets of a rule
/// and policies of a role are in <paramref name="Attached"/>, each the input of its own operation.
/// </summary>
public sealed record LoopResource(
    ResourceKind Kind,
    string Name,
    JsonObject Definition,
    params IReadOnlyList<JsonObject> Attached
);
