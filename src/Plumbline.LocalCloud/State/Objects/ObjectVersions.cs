using Dapper;
using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// The versions of a key behind its latest, and delete markers. The latest version is in the table of objects unless it is a
/// delete marker, so that buckets without versions never read or write another table.
/// </summary>
internal static class ObjectVersions
{
    /// <summary>The position of the latest version, which is newer than all in the table of versions.</summary>
    public const long Latest = 1L << 62;

    /// <summary>A version of a key, delete markers too; null for none.</summary>
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

    /// <summary>The newest version that is not in the table of objects; where that table has none of the key, a delete marker.</summary>
    public static ObjectRow? Newest(SqliteConnection connection, string bucket, byte[] key) =>
        connection.QueryFirstOrDefault<ObjectRow>(
            $"""
            SELECT {ObjectRow.Joined} FROM buckets JOIN object_versions v ON v.bucket = name
            WHERE name = @bucket AND v.key = @key ORDER BY sequence DESC LIMIT 1
            """,
            new { bucket, key }
        );

    /// <summary>Where a version stands among those of its key; null where it is gone.</summary>
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

    /// <summary>Makes a key's latest version history, before one with another id is stored; a version with the new one's id is dropped.</summary>
    /// <returns>The file that no version has any more; null for none.</returns>
    public static string? Supersede(SqliteConnection connection, string bucket, byte[] key, string version)
    {
        // Only "null" is given twice.
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

    /// <summary>Adds a delete marker, in front of what <see cref="Supersede"/> made history.</summary>
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

    /// <summary>Removes a version for good; the one behind the latest takes its place.</summary>
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
