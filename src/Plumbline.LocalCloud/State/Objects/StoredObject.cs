using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>An object of a bucket.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key: only a name, whatever is in it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Without the quotes it has on the wire.</param>
/// <param name="LastModified">Civil time.</param>
/// <param name="Path">
/// The file with its bytes, to be read or hard-linked but never written. The file is gone once the object is
/// replaced or deleted: whoever does not find it looks the object up again.
/// </param>
/// <param name="Properties">What else the object's answers carry (Content-Type, metadata, checksums), in AWS's member names.</param>
public sealed record StoredObject(
    string Bucket,
    string Key,
    long Size,
    string ETag,
    DateTimeOffset LastModified,
    string Path,
    JsonObject Properties
)
{
    internal string File => System.IO.Path.GetFileName(Path);
}

/// <summary>An object about to be stored: its file is there, its row is not.</summary>
internal sealed record NewObject(string Bucket, string Key, string File, long Size, string ETag, JsonObject Properties);
