using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>One page of a bucket's list: objects, and what groups of them have in common, in one order of bytes.</summary>
/// <param name="Objects">Objects in no group.</param>
/// <param name="CommonPrefixes">The groups: keys up to and with the delimiter.</param>
/// <param name="Next">The least key of the next page; null where this one is the last.</param>
/// <param name="Last">The last object's key or group of the page.</param>
internal sealed record ObjectListing(
    IReadOnlyList<StoredObject> Objects,
    IReadOnlyList<string> CommonPrefixes,
    byte[]? Next,
    string? Last
)
{
    private const int Batch = 1000;

    /// <summary>Lists.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What keys begin with.</param>
    /// <param name="delimiter">What ends a group's name after the prefix; null or "" groups nothing.</param>
    /// <param name="from">The least key.</param>
    /// <param name="most">How many objects and groups at most.</param>
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

            // A group may have a million members: go on behind it instead of through it.
            at = After(last!, groups);
        }

        return new ObjectListing(objects, groups, null, last);
    }

    /// <summary>The least key behind a marker. One inside a group stands for all of the group, whose name is not behind it.</summary>
    public static byte[] Behind(string marker, string prefix, string? delimiter) =>
        marker.Length == 0 ? []
        : marker.StartsWith(prefix, StringComparison.Ordinal) && Group(marker, prefix, delimiter) is { } group
            ? ObjectKeys.AfterPrefix(ObjectKeys.Bytes(group))
        : ObjectKeys.After(ObjectKeys.Bytes(marker));

    /// <summary>The group that a key with the prefix is in; null for none.</summary>
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
