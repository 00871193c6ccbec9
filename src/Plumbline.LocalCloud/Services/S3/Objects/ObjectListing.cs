using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>
/// One page of a bucket's list: objects, and groups of them with a common prefix, in the order of their bytes.
/// </summary>
/// <param name="Objects">Objects outside of groups.</param>
/// <param name="CommonPrefixes">The groups: keys up to and including the delimiter.</param>
/// <param name="Next">The least key of the next page; null if this page is the last.</param>
/// <param name="Last">The last object's key or group of the page.</param>
internal sealed record ObjectListing(
    IReadOnlyList<StoredObject> Objects,
    IReadOnlyList<string> CommonPrefixes,
    byte[]? Next,
    string? Last
)
{
    private const int Batch = 1000;

    /// <param name="store">The objects.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">The start of the keys.</param>
    /// <param name="delimiter">The end of a group's name after the prefix; null or "" makes no groups.</param>
    /// <param name="from">The least key, inclusive.</param>
    /// <param name="most">The maximum number of objects and groups.</param>
    public static ObjectListing Of(
        ObjectStore store,
        string bucket,
        string prefix,
        string? delimiter,
        byte[] from,
        int most
    )
    {
        var objects = new List<StoredObject>();
        var groups = new List<string>();
        var prefixBytes = ObjectKeys.Bytes(prefix);
        var end = ObjectKeys.AfterPrefix(prefixBytes);
        var at = from.AsSpan().SequenceCompareTo(prefixBytes) > 0 ? from : prefixBytes;
        string? last = null;
        while (most > 0)
        {
            var batch = store.Range(bucket, at, end, Batch);
            foreach (var stored in batch)
            {
                var group = Group(stored.Key, prefix, delimiter);
                if (group is not null && group == groups.LastOrDefault())
                {
                    continue;
                }

                if (objects.Count + groups.Count == most)
                {
                    return new ObjectListing(objects, groups, After(last!, groups), last);
                }

                last = group ?? stored.Key;
                if (group is null)
                {
                    objects.Add(stored);
                }
                else
                {
                    groups.Add(group);
                }
            }

            if (batch.Count < Batch)
            {
                break;
            }

            // A group may have a million members: continue after it instead of through it.
            at = After(last!, groups);
        }

        return new ObjectListing(objects, groups, null, last);
    }

    /// <summary>Returns the least key after a marker; a marker inside a group skips the whole group.</summary>
    public static byte[] Behind(string marker, string prefix, string? delimiter) =>
        marker.Length == 0 ? []
        : marker.StartsWith(prefix, StringComparison.Ordinal) && Group(marker, prefix, delimiter) is { } group
            ? ObjectKeys.AfterPrefix(ObjectKeys.Bytes(group))
        : ObjectKeys.After(ObjectKeys.Bytes(marker));

    /// <summary>Returns the group of a key that has the prefix; null without a group.</summary>
    public static string? Group(string key, string prefix, string? delimiter)
    {
        if (string.IsNullOrEmpty(delimiter))
        {
            return null;
        }

        var found = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return found < 0 ? null : key[..(found + delimiter.Length)];
    }

    private static byte[] After(string last, List<string> groups)
    {
        var bytes = ObjectKeys.Bytes(last);
        return last == groups.LastOrDefault() ? ObjectKeys.AfterPrefix(bytes) : ObjectKeys.After(bytes);
    }
}
