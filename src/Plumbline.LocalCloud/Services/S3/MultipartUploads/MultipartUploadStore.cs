using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>Uploads in progress and their parts.</summary>
internal sealed class MultipartUploadStore(Database database, ObjectFiles files, CivilClock clock)
{
    private const int ForeignKeyViolated = 787;
    private const string Columns = "id, key, created, replaces, properties";
    private const string PartColumns = "number, file, size, etag, checksum, modified";

    /// <exception cref="Aws.Errors.AwsException">404 NoSuchBucket.</exception>
    public async Task<MultipartUpload> AddAsync(string bucket, string key, bool replaces, JsonObject properties)
    {
        // Lists have a key's uploads in the order of their creation; with ids in that order, the index sorts them.
        var created = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var id = $"{created:x12}{RandomNumberGenerator.GetHexString(52, lowercase: true)}";
        var upload = new MultipartUpload(id, bucket, key, created, replaces, properties);
        try
        {
            await database.WriteAsync(connection =>
                connection.Execute(
                    $"INSERT INTO multipart_uploads (bucket, {Columns}) VALUES (@bucket, @id, @bytes, @created, @replaces, @text)",
                    new
                    {
                        id,
                        bucket,
                        bytes = ObjectKeys.Bytes(key),
                        created,
                        replaces,
                        text = properties.ToJsonString(),
                    }
                )
            );
            return upload;
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode == ForeignKeyViolated)
        {
            throw ObjectStore.NoSuchBucket(bucket);
        }
    }

    /// <summary>Returns an upload of an object.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchUpload.</exception>
    public MultipartUpload Find(string bucket, string key, string id) =>
        database.Read(connection =>
            connection.QueryFirstOrDefault<Row>(
                $"SELECT {Columns} FROM multipart_uploads WHERE id = @id AND bucket = @bucket AND key = @bytes",
                new
                {
                    id,
                    bucket,
                    bytes = ObjectKeys.Bytes(key),
                }
            )
        )
            is { } row
            ? ToUpload(bucket, row)
            : throw S3Errors.NoSuchUpload(id);

    /// <summary>Lists the uploads of a bucket by key and id, after a given one.</summary>
    public IReadOnlyList<MultipartUpload> List(string bucket, string prefix, string afterKey, string afterId) =>
        database.Read(connection =>
        {
            var from = ObjectKeys.Bytes(prefix);
            return connection
                .Query<Row>(
                    $"""
                    SELECT {Columns} FROM multipart_uploads
                    WHERE bucket = @bucket AND key >= @from AND key < @to AND (key, id) > (@afterBytes, @afterId)
                    ORDER BY key, id
                    """,
                    new
                    {
                        bucket,
                        from,
                        to = ObjectKeys.AfterPrefix(from),
                        afterBytes = ObjectKeys.Bytes(afterKey),
                        afterId,
                    }
                )
                .Select(row => ToUpload(bucket, row))
                .ToList();
        });

    /// <summary>The parts of an upload, by number.</summary>
    public IReadOnlyList<UploadedPart> Parts(string id) => database.Read(connection => Parts(connection, id));

    /// <summary>Stores a part in place of one with its number; removes its file on failure.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchUpload: the upload was ended meanwhile.</exception>
    public async Task AddPartAsync(string id, UploadedPart part)
    {
        string? replaced;
        try
        {
            replaced = await database.WriteAsync(connection => Put(connection, id, part));
        }
        catch (Exception exception)
        {
            files.Remove(part.File);
            throw exception is SqliteException { SqliteExtendedErrorCode: ForeignKeyViolated }
                ? S3Errors.NoSuchUpload(id)
                : exception;
        }

        if (replaced is not null)
        {
            files.Remove(replaced);
        }
    }

    /// <summary>Ends an upload in the caller's transaction, and returns its parts.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchUpload: the upload was ended meanwhile.</exception>
    public static IReadOnlyList<UploadedPart> Remove(SqliteConnection connection, string id)
    {
        var parts = Parts(connection, id);
        return connection.Execute("DELETE FROM multipart_uploads WHERE id = @id", new { id }) == 1
            ? parts
            : throw S3Errors.NoSuchUpload(id);
    }

    /// <summary>Ends an upload and removes its parts.</summary>
    /// <exception cref="Aws.Errors.AwsException">404 NoSuchUpload.</exception>
    public async Task AbortAsync(string id)
    {
        foreach (var part in await database.WriteAsync(connection => Remove(connection, id)))
        {
            files.Remove(part.File);
        }
    }

    private static string? Put(SqliteConnection connection, string id, UploadedPart part)
    {
        var replaced = connection.QueryFirstOrDefault<string>(
            "SELECT file FROM multipart_parts WHERE upload = @id AND number = @Number",
            new { id, part.Number }
        );
        connection.Execute(
            $"INSERT OR REPLACE INTO multipart_parts (upload, {PartColumns}) VALUES (@id, @Number, @File, @Size, @ETag, @Checksum, @Modified)",
            new
            {
                id,
                part.Number,
                part.File,
                part.Size,
                part.ETag,
                part.Checksum,
                part.Modified,
            }
        );
        return replaced;
    }

    private static List<UploadedPart> Parts(SqliteConnection connection, string id) =>
        [
            .. connection.Query<UploadedPart>(
                $"SELECT {PartColumns} FROM multipart_parts WHERE upload = @id ORDER BY number",
                new { id }
            ),
        ];

    private static MultipartUpload ToUpload(string bucket, Row row) =>
        new(
            row.Id,
            bucket,
            ObjectKeys.Text(row.Key),
            row.Created,
            row.Replaces != 0,
            JsonDepth.ReadKept(row.Properties)
        );

    private sealed record Row(string Id, byte[] Key, long Created, long Replaces, string Properties);
}
