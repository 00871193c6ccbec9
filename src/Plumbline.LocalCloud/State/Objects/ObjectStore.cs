using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// S3's objects. An object's bytes and row are on disk when the task completes. Of two concurrent writes to one key,
/// one is first, and the other sees its result.
/// </summary>
internal sealed class ObjectStore(Database database, ObjectFiles files, CivilClock clock)
{
    private const int PageSize = 1000;

    /// <summary>Returns an object's latest version; null if the key has none, or a delete marker.</summary>
    public StoredObject? Find(string bucket, string key) =>
        database.Read(connection => Slot(connection, bucket, ObjectKeys.Bytes(key))?.Latest);

    /// <summary>Returns a version of an object or a delete marker; null if it does not exist.</summary>
    internal StoredObject? Find(string bucket, string key, string version) =>
        database.Read(connection => Find(connection, bucket, ObjectKeys.Bytes(key), version));

    /// <summary>Returns the delete marker that hides an object; null if the key never had an object.</summary>
    internal StoredObject? Marker(string bucket, string key) =>
        database.Read(connection =>
            ObjectVersions.Newest(connection, bucket, ObjectKeys.Bytes(key))?.ToObject(bucket, files)
        )
            is { IsDeleteMarker: true } marker
            ? marker
            : null;

    /// <summary>The objects whose keys begin with <paramref name="prefix"/>, in the order of their keys' bytes.</summary>
    public IEnumerable<StoredObject> List(string bucket, string prefix)
    {
        var from = ObjectKeys.Bytes(prefix);
        var to = ObjectKeys.AfterPrefix(from);
        while (true)
        {
            var page = Range(bucket, from, to, PageSize);
            foreach (var stored in page)
            {
                yield return stored;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            from = ObjectKeys.After(ObjectKeys.Bytes(page[^1].Key));
        }
    }

    /// <summary>The first objects from one key to another.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="from">The least key, inclusive.</param>
    /// <param name="to">The greatest key, exclusive.</param>
    /// <param name="limit">The maximum number of objects.</param>
    internal IReadOnlyList<StoredObject> Range(string bucket, byte[] from, byte[] to, int limit) =>
        database.Read(connection =>
            connection
                .Query<ObjectRow>(
                    $"""
                    SELECT {ObjectRow.Joined} FROM buckets JOIN objects v ON v.bucket = name
                    WHERE name = @bucket AND v.key >= @from AND v.key < @to ORDER BY v.key LIMIT @limit
                    """,
                    new
                    {
                        bucket,
                        from,
                        to,
                        limit,
                    }
                )
                .Select(row => row.ToObject(bucket, files))
                .ToList()
        );

    /// <summary>
    /// Stores an object, whose file is already written, as the latest version of its key; removes the file on failure.
    /// Without versioning the object replaces the key's previous one.
    /// </summary>
    /// <param name="added">The object.</param>
    /// <param name="check">Throws if the key's present object (null for none) may not be replaced.</param>
    /// <param name="also">Further writes of the same transaction.</param>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    internal async Task<StoredObject> PutAsync(
        NewObject added,
        Action<StoredObject?> check,
        Action<SqliteConnection>? also = null
    )
    {
        (StoredObject Stored, string? Dropped) put;
        try
        {
            put = await database.WriteAsync(connection =>
            {
                var key = ObjectKeys.Bytes(added.Key);
                var (versioning, latest) = Slot(connection, added.Bucket, key) ?? throw NoSuchBucket(added.Bucket);
                check(latest);
                also?.Invoke(connection);
                var version = VersionIds.Next(versioning);
                var dropped = versioning is null
                    ? latest?.File
                    : ObjectVersions.Supersede(connection, added.Bucket, key, version);
                return (Put(connection, added, key, version, versioning), dropped);
            });
        }
        catch
        {
            files.Remove(added.File);
            throw;
        }

        Drop(put.Dropped);
        return put.Stored;
    }

    /// <summary>Removes an object if it exists; with versioning, adds a delete marker.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="check">Throws if the key's present object (null for none) may not be removed.</param>
    internal async Task<Deletion> RemoveAsync(string bucket, string key, Action<StoredObject?> check)
    {
        var (deletion, dropped) = await database.WriteAsync(connection =>
        {
            var bytes = ObjectKeys.Bytes(key);
            var (versioning, latest) = Slot(connection, bucket, bytes) ?? throw NoSuchBucket(bucket);
            check(latest);
            if (versioning is null)
            {
                connection.Execute(
                    "DELETE FROM objects WHERE bucket = @bucket AND key = @bytes",
                    new { bucket, bytes }
                );
                return (new Deletion(null, false), latest?.File);
            }

            var version = VersionIds.Next(versioning);
            var dropped = ObjectVersions.Supersede(connection, bucket, bytes, version);
            ObjectVersions.AddMarker(connection, bucket, bytes, version, Now());
            return (new Deletion(version, true), dropped);
        });
        Drop(dropped);
        return deletion;
    }

    /// <summary>Removes a version permanently if it exists.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="version">The version's id.</param>
    /// <param name="check">Throws if the version (null if missing) may not be removed.</param>
    internal async Task<Deletion> RemoveAsync(string bucket, string key, string version, Action<StoredObject?> check)
    {
        var removed = await database.WriteAsync(connection =>
        {
            var bytes = ObjectKeys.Bytes(key);
            var existing = Find(connection, bucket, bytes, version);
            check(existing);
            ObjectVersions.Remove(connection, bucket, bytes, version);
            return existing;
        });
        Drop(removed?.File);
        return new Deletion(version, removed is { IsDeleteMarker: true });
    }

    /// <summary>
    /// Changes the properties of a version, or of the latest if no id is given; its time stays the same.
    /// </summary>
    /// <returns>The version; null if it does not exist or is a delete marker.</returns>
    internal Task<StoredObject?> ChangeAsync(string bucket, string key, string? version, Action<JsonObject> change) =>
        database.WriteAsync(connection =>
        {
            var bytes = ObjectKeys.Bytes(key);
            var stored = version is null
                ? Slot(connection, bucket, bytes)?.Latest
                : Find(connection, bucket, bytes, version);
            if (stored is not { IsDeleteMarker: false })
            {
                return null;
            }

            change(stored.Properties);
            connection.Execute(
                """
                UPDATE objects SET properties = @properties WHERE bucket = @bucket AND key = @bytes AND file = @File;
                UPDATE object_versions SET properties = @properties WHERE file = @File;
                """,
                new
                {
                    bucket,
                    bytes,
                    stored.File,
                    properties = stored.Properties.ToJsonString(),
                }
            );
            return stored;
        });

    /// <summary>Opens an object's file; if the object is replaced meanwhile, opens the new one's.</summary>
    /// <param name="find">Finds the object, or throws.</param>
    /// <param name="open">Opens its file, or throws <see cref="FileNotFoundException"/>.</param>
    /// <exception cref="DamagedObjectException">The object exists, and its file is missing.</exception>
    internal static (StoredObject Stored, T Opened) Open<T>(Func<StoredObject> find, Func<StoredObject, T> open)
    {
        string? missing = null;
        while (true)
        {
            var stored = find();
            try
            {
                return (stored, open(stored));
            }
            catch (FileNotFoundException) when (stored.File != missing)
            {
                missing = stored.File;
            }
            catch (FileNotFoundException exception)
            {
                throw new DamagedObjectException(stored, "is missing", exception);
            }
        }
    }

    internal static AwsException NoSuchBucket(string bucket) =>
        new("NoSuchBucket", 404, "The specified bucket does not exist")
        {
            Members = new JsonObject { ["BucketName"] = bucket },
        };

    /// <summary>
    /// A bucket's versioning and a key's latest version, in one query; null if the bucket does not exist.
    /// </summary>
    private (string? Versioning, StoredObject? Latest)? Slot(SqliteConnection connection, string bucket, byte[] key) =>
        connection.QueryFirstOrDefault<ObjectRow>(
            $"""
            SELECT {ObjectRow.Joined} FROM buckets LEFT JOIN objects v ON v.bucket = name AND v.key = @key
            WHERE name = @bucket
            """,
            new { bucket, key }
        )
            is { } row
            ? (row.Versioning, row.File is null ? null : row.ToObject(bucket, files))
            : null;

    private StoredObject? Find(SqliteConnection connection, string bucket, byte[] key, string version) =>
        ObjectVersions.Find(connection, bucket, key, version)?.ToObject(bucket, files);

    private StoredObject Put(
        SqliteConnection connection,
        NewObject added,
        byte[] key,
        string version,
        string? versioning
    )
    {
        var row = new ObjectRow(
            key,
            added.File,
            added.Size,
            added.ETag,
            Now(),
            added.Properties.ToJsonString(),
            version,
            versioning
        );
        connection.Execute(
            $"""
            INSERT OR REPLACE INTO objects (bucket, {ObjectRow.Stored})
            VALUES (@Bucket, @Key, @File, @Size, @ETag, @Modified, @Properties, @Version)
            """,
            new
            {
                added.Bucket,
                row.Key,
                row.File,
                row.Size,
                row.ETag,
                row.Modified,
                row.Properties,
                row.Version,
            }
        );
        return row.ToObject(added.Bucket, files);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private void Drop(string? file)
    {
        if (!string.IsNullOrEmpty(file))
        {
            files.Remove(file);
        }
    }
}
