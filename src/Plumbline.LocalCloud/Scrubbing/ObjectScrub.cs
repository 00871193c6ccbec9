using System.Buffers;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Scrubbing;

/// <summary>Reads the files of all objects and unfinished uploads, and compares them with their rows.</summary>
/// <param name="connection">The database.</param>
/// <param name="folder">The folder of the files.</param>
internal sealed class ObjectScrub(SqliteConnection connection, string folder)
{
    private const int Page = 1000;
    private const int Piece = 256 * 1024;

    private const string Rows = """
        SELECT bucket, o.key, CASE WHEN versioning IS NULL THEN NULL ELSE version END version, 'object' kind, file, size, etag, o.properties
        FROM objects o JOIN buckets ON name = bucket
        UNION ALL
        SELECT bucket, key, version, 'object', file, size, etag, properties FROM object_versions WHERE file IS NOT NULL
        UNION ALL
        SELECT bucket, key, NULL, 'part', file, size, etag, '{}' FROM multipart_parts JOIN multipart_uploads ON id = upload
        """;

    /// <summary>The number of files that were read.</summary>
    public long Count { get; private set; }

    /// <summary>The bytes that were read.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reads all files, and returns the damaged ones.</summary>
    public IEnumerable<Damage> Damaged(CancellationToken cancellationToken)
    {
        var last = "";
        while (true)
        {
            // By pages: a statement that stays open would keep a running local cloud from checkpointing its WAL.
            var page = connection
                .Query($"SELECT * FROM ({Rows}) WHERE file > @last ORDER BY file LIMIT {Page}", new { last })
                .Select(row => Row.Of((IDictionary<string, object?>)row))
                .ToList();
            foreach (var row in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Count++;
                if (Problem(row) is { } problem && IsNamed(row.File))
                {
                    yield return new Damage(
                        row.Kind,
                        $"s3://{row.Bucket}/{ObjectKeys.Text(row.Key)}",
                        row.Version,
                        problem
                    );
                }
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].File;
        }
    }

    private bool IsNamed(string file) =>
        connection.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 FROM ({Rows}) WHERE file = @file)", new { file });

    private string? Problem(Row row)
    {
        try
        {
            using var handle = File.OpenHandle(
                Path.Combine(folder, row.File),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            var length = RandomAccess.GetLength(handle);
            if (length != row.Size)
            {
                return $"its file objects/{row.File} has {length} bytes instead of {row.Size}";
            }

            Bytes += length;
            return HasItsBytes(row, handle)
                ? null
                : $"the bytes of its file objects/{row.File} are not those that were stored";
        }
        catch (FileNotFoundException)
        {
            return $"its file objects/{row.File} is missing";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // For example, a bad sector.
            return $"its file objects/{row.File} cannot be read: {exception.Message}";
        }
    }

    /// <summary>
    /// Compares the ETag (the MD5, or that of the parts' MD5s), and a checksum of the whole object if it has one.
    /// </summary>
    private static bool HasItsBytes(Row row, SafeFileHandle handle)
    {
        var properties = JsonNode.Parse(row.Properties)!.AsObject();
        var sizes = ObjectParts.SizesIn(properties);
        var whole =
            (string?)properties["ChecksumType"] == ChecksumType.Composite ? null : ChecksumAlgorithm.In(properties);
        using var checksum = whole is { } known ? IncrementalChecksum.Of(known.Algorithm) : null;
        using var ofParts = IncrementalChecksum.Of("MD5");
        var digest = Array.Empty<byte>();
        long at = 0;
        foreach (var size in sizes ?? [row.Size])
        {
            using var md5 = IncrementalChecksum.Of("MD5");
            Read(handle, at, size, md5, checksum);
            at += size;
            digest = md5.Finish();
            ofParts.Append(digest);
        }

        var tag = sizes is null
            ? Convert.ToHexStringLower(digest)
            : $"{Convert.ToHexStringLower(ofParts.Finish())}-{sizes.Count}";
        return at == row.Size
            && tag == row.ETag
            && (checksum is null || Convert.ToBase64String(checksum.Finish()) == whole?.Value);
    }

    private static void Read(
        SafeFileHandle handle,
        long from,
        long length,
        IncrementalChecksum md5,
        IncrementalChecksum? checksum
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (var end = from + length; from < end; )
            {
                var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(Piece, end - from)), from);
                if (read == 0)
                {
                    throw new EndOfStreamException("it ends early.");
                }

                md5.Append(buffer.AsSpan(0, read));
                checksum?.Append(buffer.AsSpan(0, read));
                from += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private sealed record Row(
        string Bucket,
        byte[] Key,
        string? Version,
        string Kind,
        string File,
        long Size,
        string ETag,
        string Properties
    )
    {
        /// <summary>Mapped by hand: SQLite does not report the column types of a UNION.</summary>
        public static Row Of(IDictionary<string, object?> row) =>
            new(
                (string)row["bucket"]!,
                (byte[])row["key"]!,
                (string?)row["version"],
                (string)row["kind"]!,
                (string)row["file"]!,
                (long)row["size"]!,
                (string)row["etag"]!,
                (string)row["properties"]!
            );
    }
}
