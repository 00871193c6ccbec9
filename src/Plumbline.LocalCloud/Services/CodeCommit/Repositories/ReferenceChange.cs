using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeCommit;

namespace Plumbline.LocalCloud.Services.CodeCommit.Repositories;

/// <summary>A branch or tag that was created, moved or deleted.</summary>
internal sealed record ReferenceChange(string FullName, string? Before, string? After)
{
    /// <summary>The differences between two sets of references (full name to commit).</summary>
    public static IEnumerable<ReferenceChange> Between(
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after
    ) =>
        before
            .Keys.Union(after.Keys)
            .Order(StringComparer.Ordinal)
            .Select(name => new ReferenceChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(change => change.Before != change.After);

    /// <summary>The detail of CodeCommit's event.</summary>
    public JsonObject Detail(RepositoryMetadata repository, string? callerArn)
    {
        var isTag = FullName.StartsWith("refs/tags/", StringComparison.Ordinal);
        var detail = new JsonObject
        {
            ["callerUserArn"] = callerArn ?? "",
            ["event"] =
                Before is null ? "referenceCreated"
                : After is null ? "referenceDeleted"
                : "referenceUpdated",
            ["referenceFullName"] = FullName,
            ["referenceName"] = FullName.Split('/', 3)[^1],
            ["referenceType"] = isTag ? "tag" : "branch",
            ["repositoryId"] = repository.RepositoryId,
            ["repositoryName"] = repository.RepositoryName,
            ["commitId"] = After ?? Before,
        };
        if (Before is not null && After is not null)
        {
            detail["oldCommitId"] = Before;
        }

        return detail;
    }
}
