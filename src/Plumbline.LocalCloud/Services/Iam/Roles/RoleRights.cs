using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Roles;

/// <summary>A role as its calls are held to it.</summary>
/// <param name="Arn">With its path.</param>
/// <param name="Policies">Those inside it and those attached to it.</param>
/// <param name="Boundary">Its permissions boundary; null where it has none that is known here.</param>
/// <param name="Trust">Who may assume it.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record RoleRights(
    string Arn,
    IReadOnlyList<Policy> Policies,
    Policy? Boundary,
    Policy Trust,
    IReadOnlyDictionary<string, string> Tags
)
{
    /// <summary>Reads a role from what is kept of it.</summary>
    /// <param name="role">The role.</param>
    /// <param name="documents">Its policies.</param>
    /// <param name="boundary">Its boundary.</param>
    public static RoleRights Read(JsonObject role, IEnumerable<string> documents, string? boundary) =>
        new(
            role.Text("Arn")!,
            [.. documents.Select(document => PolicyReader.ReadKept(document))],
            boundary is null ? null : PolicyReader.ReadKept(boundary),
            PolicyReader.ReadKept(role.Text("AssumeRolePolicyDocument") ?? "", PolicyKind.Trust),
            role.Objects("Tags")
                .GroupBy(tag => tag.Text("Key") ?? "")
                .ToDictionary(tags => tags.Key, tags => tags.First().Text("Value") ?? "")
        );
}
