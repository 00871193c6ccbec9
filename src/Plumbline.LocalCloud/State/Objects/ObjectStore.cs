using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// S3's objects. What is stored is on disk, bytes and row, when the task completes; of two that store under one key
/// at the same time one is first, and the other sees it.
/// </summary>
public sealed class ObjectStore(Database database, ObjectFiles files, CivilClock clock)
{
    private const string Columns = "key, file, size, etag, modified, properties";
    private const int PageSize = 1000;
    private const int ForeignKeyViolated = 787;

    /// <summary>An object, or null.</summary>
    public StoredObject? Find(string bucket, string key) => database.Read(connection => Find(connection, bucket, key));

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
    /// <param name="limit">How many at most.</param>
    internal IReadOnlyList<StoredObject> Range(string bucket, byte[] from, byte[] to, int limit) =>
        database.Read(connection =>
            connection
                .Query<Row>(
                    $"SELECT {Columns} FROM objects WHERE bucket = @bucket AND key >= @from AND key < @to ORDER BY key LIMIT @limit",
                    new
                    {
                        bucket,
                        from,
                        to,
                        limit,
                    }
                )
                .Select(row => ToObject(bucket, row))
                .ToList()
        );

    /// <summary>Stores an object whose file is written, in place of what has its key; the file is removed if that fails.</summary>
    /// <param name="added">The object.</param>
    /// <param name="check">Throws if what has the key now (null for nothing) may not be replaced.</param>
    /// <param name="also">What belongs to the same transaction.</param>
    internal async Task<StoredObject> PutAsync(
        NewObject added,
        Action<StoredObject?> check,
        Action<SqliteConnection>? also = null
    )
    {
        var (stored, replaced) = await KeepAsync(added, check, also);
        if (replaced is not null)
        {
            files.Remove(replaced.File);
        }

        return stored;
    }

    /// <summary>Removes an object if there is one.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="check">Throws if what has the key now (null for nothing) may not be removed.</param>
    internal async Task RemoveAsync(string bucket, string key, Action<StoredObject?> check)
    {
        var removed = await database.WriteAsync(connection =>
        {
            var existing = Find(connection, bucket, key);
            check(existing);
            connection.Execute(
                "DELETE FROM objects WHERE bucket = @bucket AND key = @bytes",
                new { bucket, bytes = ObjectKeys.Bytes(key) }
            );
            return existing;
        });
        if (removed is not null)
        {
            files.Remove(removed.File);
        }
    }

    /// <summary>Changes what an object carries besides its bytes; its time stays.</summary>
    /// <returns>False where there is no such object.</returns>
    internal Task<bool> ChangeAsync(string bucket, string key, Action<JsonObject> change) =>
        database.WriteAsync(connection =>
        {
            if (Find(connection, bucket, key) is not { } stored)
            {
                return false;
            }

            change(stored.Properties);
            connection.Execute(
                "UPDATE objects SET properties = @properties WHERE bucket = @bucket AND key = @bytes",
                new
                {
                    bucket,
                    bytes = ObjectKeys.Bytes(key),
                    properties = stored.Properties.ToJsonString(),
                }
            );
            return true;
        });

    /// <summary>Opens an object's file in some way; where the object was replaced in between, what is there now.</summary>
    /// <param name="find">Finds the object, or throws.</param>
    /// <param name="open">Opens its file, or throws <see cref="FileNotFoundException"/>.</param>
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
        }
    }

    internal static AwsException NoSuchBucket(string bucket) =>
        new("NoSuchBucket", 404, "The specified bucket does not exist")
        {
            Members = new JsonObject { ["BucketName"] = bucket },
        };

    private async Task<(StoredObject Stored, StoredObject? Replaced)> KeepAsync(
        NewObject added,
        Action<StoredObject?> check,
        Action<SqliteConnection>? also
    )
    {
        try
        {
            return await database.WriteAsync(connection =>
            {
                var existing = Find(connection, added.Bucket, added.Key);
                check(existing);
                also?.Invoke(connection);
                return (Put(connection, added), existing);
            });
        }
        catch (Exception exception)
        {
            files.Remove(added.File);
            throw exception is SqliteException { SqliteExtendedErrorCode: ForeignKeyViolated }
                ? NoSuchBucket(added.Bucket)
                : exception;
        }
    }

    private StoredObject? Find(SqliteConnection connection, string bucket, string key) =>
        connection.QueryFirstOrDefault<Row>(
            $"SELECT {Columns} FROM objects WHERE bucket = @bucket AND key = @bytes",
            new { bucket, bytes = ObjectKeys.Bytes(key) }
        )
            is { } row
            ? ToObject(bucket, row)
            : null;

    private StoredObject Put(SqliteConnection connection, NewObject added)
    {
        var row = new Row(
            ObjectKeys.Bytes(added.Key),
            added.File,
            added.Size,
            added.ETag,
            clock.GetUtcNow().ToUnixTimeMilliseconds(),
            added.Properties.ToJsonString()
        );
        connection.Execute(
            $"INSERT OR REPLACE INTO objects (bucket, {Columns}) VALUES (@Bucket, @Key, @File, @Size, @ETag, @Modified, @Properties)",
            new
            {
                added.Bucket,
                row.Key,
                row.File,
                row.Size,
                row.ETag,
                row.Modified,
                row.Properties,
            }
        );
        return ToObject(added.Bucket, row);
    }

    private StoredObject ToObject(string bucket, Row row) =>
        new(
            bucket,
            ObjectKeys.Text(row.Key),
            row.Size,
            row.ETag,
            DateTimeOffset.FromUnixTimeMilliseconds(row.Modified),
            files.PathOf(row.File),
            JsonNode.Parse(row.Properties)!.AsObject()
        );

    private sealed record Row(byte[] Key, string File, long Size, string ETag, long Modified, string Properties);
}
