using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>A version of an object of a bucket.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key: a name, never a path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Without the quotes it has on the wire.</param>
/// <param name="LastModified">Civil time.</param>
/// <param name="Path">
/// The file with its bytes: read it or hard-link it, never write it. It is gone once the version is replaced or
/// deleted; then look the object up again. Empty for a delete marker.
/// </param>
/// <param name="Properties">Further members of its answers (Content-Type, metadata, checksums), by AWS's names.</param>
/// <param name="Version">AWS's version id; null in a bucket that never had versions.</param>
internal sealed record StoredObject(
    string Bucket,
    string Key,
    long Size,
    string ETag,
    DateTimeOffset LastModified,
    string Path,
    JsonObject Properties,
    string? Version
)
{
    /// <summary>True for a delete marker: the version that says that the object was deleted.</summary>
    public bool IsDeleteMarker => Path.Length == 0;

    internal string File => System.IO.Path.GetFileName(Path);

    /// <summary>The version id in the answer to a write; only a bucket with versioning enabled gives one.</summary>
    internal string? GivenVersion => Version == VersionIds.Null ? null : Version;
}

/// <summary>An object about to be stored: its file exists, its row does not.</summary>
internal sealed record NewObject(string Bucket, string Key, string File, long Size, string ETag, JsonObject Properties);

/// <summary>The answer to a deletion.</summary>
/// <param name="Version">
/// The removed version or the added delete marker; null in a bucket that never had versions.
/// </param>
/// <param name="IsMarker">True if that is a delete marker.</param>
internal sealed record Deletion(string? Version, bool IsMarker);
