using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>A version of an object of a bucket.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key: only a name, whatever is in it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Without the quotes it has on the wire.</param>
/// <param name="LastModified">Civil time.</param>
/// <param name="Path">
/// The file with its bytes, to be read or hard-linked but never written. The file is gone once the version is
/// replaced or deleted: whoever does not find it looks the object up again. Empty for a delete marker.
/// </param>
/// <param name="Properties">What else the object's answers carry (Content-Type, metadata, checksums), in AWS's member names.</param>
/// <param name="Version">AWS's version id; null in a bucket that never had versions.</param>
public sealed record StoredObject(
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
    /// <summary>True for the version that says that the object was deleted.</summary>
    public bool IsDeleteMarker => Path.Length == 0;

    internal string File => System.IO.Path.GetFileName(Path);

    /// <summary>The version id that a write answers: only a bucket whose versioning is enabled gives one.</summary>
    internal string? GivenVersion => Version == VersionIds.Null ? null : Version;
}

/// <summary>An object about to be stored: its file is there, its row is not.</summary>
internal sealed record NewObject(string Bucket, string Key, string File, long Size, string ETag, JsonObject Properties);

/// <summary>The answer to a deletion.</summary>
/// <param name="Version">The version that was removed, or the delete marker that was added; null in a bucket that never had versions.</param>
/// <param name="IsMarker">True where that is a delete marker.</param>
internal sealed record Deletion(string? Version, bool IsMarker);
