using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.Iam.ManagedPolicies;

/// <summary>The versions of a policy, which operations of their own answer with.</summary>
internal sealed class ManagedPolicyState
{
    /// <summary>All versions, the oldest first.</summary>
    public List<StoredPolicyVersion> Versions { get; init; } = [];

    /// <summary>The number of the next version: none is given twice.</summary>
    public int NextVersion { get; set; } = 1;

    /// <summary>Adds a version with the next number.</summary>
    /// <param name="document">The text of the policy.</param>
    /// <param name="created">Unix seconds.</param>
    public StoredPolicyVersion Add(string document, long created)
    {
        var version = new StoredPolicyVersion($"v{NextVersion++}", document, created);
        Versions.Add(version);
        return version;
    }
}

/// <summary>A version of a policy.</summary>
/// <param name="VersionId">Such as <c>v1</c>.</param>
/// <param name="Document">The text of the policy.</param>
/// <param name="CreateDate">Unix seconds.</param>
internal sealed record StoredPolicyVersion(string VersionId, string Document, long CreateDate)
{
    /// <summary>The members of AWS's PolicyVersion, without the document.</summary>
    public JsonObject Describe(string? defaultVersion) =>
        new()
        {
            ["VersionId"] = VersionId,
            ["IsDefaultVersion"] = VersionId == defaultVersion,
            ["CreateDate"] = CreateDate,
        };
}
