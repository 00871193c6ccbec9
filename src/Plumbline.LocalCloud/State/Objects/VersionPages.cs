using Dapper;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>A version in a list of all versions.</summary>
/// <param name="Stored">The version.</param>
/// <param name="Position">Its position among the versions of its key: greater is newer.</param>
/// <param name="IsLatest">True for the version that a request without a version id means.</param>
internal sealed record ListedVersion(StoredObject Stored, long Position, bool IsLatest);

/// <summary>All versions of a bucket by key, the newest of a key first.</summary>
internal sealed class VersionPages(Database database, ObjectFiles files)
{
    /// <summary>Returns the position of a version among those of its key; null if it is gone.</summary>
    public long? Position(string bucket, string key, string version) =>
        database.Read(connection => ObjectVersions.Position(connection, bucket, ObjectKeys.Bytes(key), version));

    /// <summary>Reads the first versions after a place.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="from">The least key, inclusive.</param>
    /// <param name="before">For that key, only versions that are older than this position.</param>
    /// <param name="to">The greatest key, exclusive.</param>
    /// <param name="limit">The maximum number of versions.</param>
    public IReadOnlyList<ListedVersion> Read(string bucket, byte[] from, long before, byte[] to, int limit) =>
        database.Read(connection =>
            connection
                .Query<Row>(
                    $"""
                    SELECT {ObjectRow.Stored}, @Latest AS position, 1 AS latest FROM objects
                    WHERE bucket = @bucket AND key >= @from AND key < @to AND (key > @from OR @Latest < @before)
                    UNION ALL
                    SELECT {ObjectRow.Stored}, sequence,
                        file IS NULL
                        AND NOT EXISTS (SELECT 1 FROM objects o WHERE o.bucket = v.bucket AND o.key = v.key)
                        AND NOT EXISTS (
                            SELECT 1 FROM object_versions n
                            WHERE n.bucket = v.bucket AND n.key = v.key AND n.sequence > v.sequence
                        )
                    FROM object_versions v
                    WHERE bucket = @bucket AND key >= @from AND key < @to AND (key > @from OR sequence < @before)
                    ORDER BY key, position DESC LIMIT @limit
                    """,
                    new
                    {
                        ObjectVersions.Latest,
                        bucket,
                        from,
                        before,
                        to,
                        limit,
                    }
                )
                .Select(row => new ListedVersion(row.ToObject(bucket, files), row.Position, row.Latest))
                .ToList()
        );

    private sealed class Row
    {
        public byte[] Key { get; init; } = [];

        public string? File { get; init; }

        public long Size { get; init; }

        public string ETag { get; init; } = "";

        public long Modified { get; init; }

        public string Properties { get; init; } = "{}";

        public string Version { get; init; } = "";

        public long Position { get; init; }

        public bool Latest { get; init; }

        public StoredObject ToObject(string bucket, ObjectFiles files) =>
            new ObjectRow(Key, File, Size, ETag, Modified, Properties, Version, "").ToObject(bucket, files);
    }
}
