using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>A row of objects or object_versions, with its bucket's versioning.</summary>
internal sealed record ObjectRow(
    byte[] Key,
    string? File,
    long Size,
    string ETag,
    long Modified,
    string Properties,
    string Version,
    string? Versioning
)
{
    /// <summary>The columns of both tables, except the bucket.</summary>
    public const string Stored = "key, file, size, etag, modified, properties, version";

    /// <summary>The columns of a row when the table is joined, as <c>v</c>, to its bucket.</summary>
    public const string Joined = "v.key, v.file, v.size, v.etag, v.modified, v.properties, v.version, versioning";

    public StoredObject ToObject(string bucket, ObjectFiles files) =>
        new(
            bucket,
            ObjectKeys.Text(Key),
            Size,
            ETag,
            DateTimeOffset.FromUnixTimeMilliseconds(Modified),
            File is null ? "" : files.PathOf(File),
            JsonDepth.ReadKept(Properties),
            Versioning is null ? null : Version
        );
}
