using Dapper;
using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// The older versions of a key, and delete markers. The latest version is in the table of objects unless it is a delete
/// marker, so that buckets without versioning use only that table.
/// </summary>
internal static class ObjectVersions
{
    /// <summary>The position of the latest version, newer than all in the table of versions.</summary>
    public const long Latest = 1L << 62;

    /// <summary>Returns a version of a key or a delete marker; null if it does not exist.</summary>
    public static ObjectRow? Find(SqliteConnection connection, string bucket, byte[] key, string version) =>
        connection.QueryFirstOrDefault<ObjectRow>(
            $"""
            SELECT {ObjectRow.Joined} FROM buckets JOIN objects v ON v.bucket = name
            WHERE name = @bucket AND v.key = @key AND v.version = @version
            UNION ALL
            SELECT {ObjectRow.Joined} FROM buckets JOIN object_versions v ON v.bucket = name
            WHERE name = @bucket AND v.key = @key AND v.version = @version
            """,
            new
            {
                bucket,
                key,
                version,
            }
        );

    /// <summary>
    /// Returns the newest row of the table of versions; a delete marker if the table of objects lacks the key.
    /// </summary>
    public static ObjectRow? Newest(SqliteConnection connection, string bucket, byte[] key) =>
        connection.QueryFirstOrDefault<ObjectRow>(
            $"""
            SELECT {ObjectRow.Joined} FROM buckets JOIN object_versions v ON v.bucket = name
            WHERE name = @bucket AND v.key = @key ORDER BY sequence DESC LIMIT 1
            """,
            new { bucket, key }
        );

    /// <summary>Returns the position of a version among those of its key; null if it is gone.</summary>
    public static long? Position(SqliteConnection connection, string bucket, byte[] key, string version) =>
        connection.QueryFirstOrDefault<long?>(
            """
            SELECT @Latest FROM objects WHERE bucket = @bucket AND key = @key AND version = @version
            UNION ALL
            SELECT sequence FROM object_versions WHERE bucket = @bucket AND key = @key AND version = @version
            """,
            new
            {
                Latest,
                bucket,
                key,
                version,
            }
        );

    /// <summary>
    /// Moves a key's latest version to the table of versions, before one with another id is stored; drops an older
    /// version with the new one's id.
    /// </summary>
    /// <returns>The file that no version uses any more, or null.</returns>
    public static string? Supersede(SqliteConnection connection, string bucket, byte[] key, string version)
    {
        // Only the id "null" can occur twice.
        var replaced = version == VersionIds.Null ? Find(connection, bucket, key, version) : null;
        if (replaced is not null)
        {
            Delete(connection, bucket, key, version);
        }

        connection.Execute(
            $"""
            INSERT INTO object_versions (bucket, {ObjectRow.Stored})
            SELECT bucket, {ObjectRow.Stored} FROM objects WHERE bucket = @bucket AND key = @key;
            DELETE FROM objects WHERE bucket = @bucket AND key = @key;
            """,
            new { bucket, key }
        );
        return replaced?.File;
    }

    /// <summary>Adds a delete marker; call <see cref="Supersede"/> first.</summary>
    public static void AddMarker(
        SqliteConnection connection,
        string bucket,
        byte[] key,
        string version,
        long modified
    ) =>
        connection.Execute(
            $"INSERT INTO object_versions (bucket, {ObjectRow.Stored}) VALUES (@bucket, @key, NULL, 0, '', @modified, '{{}}', @version)",
            new
            {
                bucket,
                key,
                version,
                modified,
            }
        );

    /// <summary>Removes a version permanently; if it was the latest, the next older one takes its place.</summary>
    public static void Remove(SqliteConnection connection, string bucket, byte[] key, string version)
    {
        Delete(connection, bucket, key, version);
        connection.Execute(
            $"""
            INSERT INTO objects (bucket, {ObjectRow.Stored})
            SELECT bucket, {ObjectRow.Stored} FROM object_versions
            WHERE sequence = (
                SELECT sequence FROM object_versions WHERE bucket = @bucket AND key = @key ORDER BY sequence DESC LIMIT 1
            )
            AND file IS NOT NULL AND NOT EXISTS (SELECT 1 FROM objects WHERE bucket = @bucket AND key = @key);
            DELETE FROM object_versions
            WHERE bucket = @bucket AND key = @key AND file = (SELECT file FROM objects WHERE bucket = @bucket AND key = @key);
            """,
            new { bucket, key }
        );
    }

    private static void Delete(SqliteConnection connection, string bucket, byte[] key, string version) =>
        connection.Execute(
            """
            DELETE FROM objects WHERE bucket = @bucket AND key = @key AND version = @version;
            DELETE FROM object_versions WHERE bucket = @bucket AND key = @key AND version = @version;
            """,
            new
            {
                bucket,
                key,
                version,
            }
        );
}
