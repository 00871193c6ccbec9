using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>One page of a bucket's versions: versions, and groups of them with a common prefix.</summary>
/// <param name="Versions">Versions outside of groups, by key, the newest of a key first.</param>
/// <param name="CommonPrefixes">The groups: keys up to and including the delimiter.</param>
/// <param name="IsTruncated">True if another page follows.</param>
internal sealed record VersionListing(
    IReadOnlyList<ListedVersion> Versions,
    IReadOnlyList<string> CommonPrefixes,
    bool IsTruncated
)
{
    private const int Batch = 1000;

    /// <summary>The key or group that the page ends with; null for an empty page.</summary>
    public string? LastKey { get; private init; }

    /// <summary>The version that the page ends with; null if it ends with a group.</summary>
    public string? LastVersion { get; private init; }

    /// <param name="pages">The versions.</param>
    /// <param name="request">The request of the list.</param>
    /// <param name="from">The least key, inclusive.</param>
    /// <param name="before">For that key, only versions that are older than this position.</param>
    public static VersionListing Of(VersionPages pages, ListRequest request, byte[] from, long before)
    {
        var versions = new List<ListedVersion>();
        var groups = new List<string>();
        var prefix = ObjectKeys.Bytes(request.Prefix);
        var end = ObjectKeys.AfterPrefix(prefix);
        (byte[] Key, long Before) at =
            from.AsSpan().SequenceCompareTo(prefix) >= 0 ? (from, before) : (prefix, long.MaxValue);
        (string? Key, string? Version) last = (null, null);
        while (request.Most > 0)
        {
            var batch = pages.Read(request.Bucket, at.Key, at.Before, end, Batch);
            foreach (var listed in batch)
            {
                var key = listed.Stored.Key;
                var group = ObjectListing.Group(key, request.Prefix, request.Delimiter);
                if (group is not null && group == groups.LastOrDefault())
                {
                    continue;
                }

                if (versions.Count + groups.Count == request.Most)
                {
                    return Page(isTruncated: true);
                }

                if (group is null)
                {
                    versions.Add(listed);
                }
                else
                {
                    groups.Add(group);
                }

                last = (group ?? key, group is null ? listed.Stored.Version : null);
            }

            if (batch.Count < Batch)
            {
                break;
            }

            at = last.Version is null
                ? (ObjectKeys.AfterPrefix(ObjectKeys.Bytes(last.Key!)), long.MaxValue)
                : (ObjectKeys.Bytes(last.Key!), versions[^1].Position);
        }

        return Page(isTruncated: false);

        VersionListing Page(bool isTruncated) =>
            new(versions, groups, isTruncated) { LastKey = last.Key, LastVersion = last.Version };
    }
}
