using Plumbline.Aws.Views.Iam;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.ManagedPolicies;

/// <summary>A role with the rights that limit its calls.</summary>
/// <param name="Arn">The role's ARN with its path.</param>
/// <param name="Policies">Its inline and its attached policies.</param>
/// <param name="Boundary">Its permissions boundary; null without one that is known here.</param>
/// <param name="Trust">Its trust policy: the principals that may assume it.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record RoleRights(
    string Arn,
    IReadOnlyList<Policy> Policies,
    Policy? Boundary,
    Policy Trust,
    IReadOnlyDictionary<string, string> Tags
)
{
    /// <summary>Reads a role from its stored form.</summary>
    /// <param name="role">The role.</param>
    /// <param name="documents">Its policies.</param>
    /// <param name="boundary">Its boundary.</param>
    public static RoleRights Read(Role role, IEnumerable<string> documents, string? boundary) =>
        new(
            role.Arn,
            [.. documents.Select(document => PolicyReader.ReadKept(document))],
            boundary is null ? null : PolicyReader.ReadKept(boundary),
            PolicyReader.ReadKept(role.AssumeRolePolicyDocument, PolicyKind.Trust),
            role.Tags.GroupBy(tag => tag.Key).ToDictionary(tags => tags.Key, tags => tags.First().Value)
        );
}
