using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>An object that is being uploaded in parts.</summary>
/// <param name="Id">AWS's UploadId.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key that it will have.</param>
/// <param name="Created">Civil time, Unix milliseconds.</param>
/// <param name="Replaces">True if the key had an object when the upload began.</param>
/// <param name="Properties">The future object's properties, and ChecksumAlgorithm and ChecksumType.</param>
internal sealed record MultipartUpload(
    string Id,
    string Bucket,
    string Key,
    long Created,
    bool Replaces,
    JsonObject Properties
)
{
    /// <summary>The algorithm that the upload was created with; null if it named none.</summary>
    public string? ChecksumAlgorithm => (string?)Properties["ChecksumAlgorithm"];

    /// <summary>COMPOSITE or FULL_OBJECT; null if the upload named no algorithm.</summary>
    public string? ChecksumType => (string?)Properties["ChecksumType"];

    /// <summary>The algorithm of the checksum that the object will have.</summary>
    public string EffectiveAlgorithm => ChecksumAlgorithm ?? Checksums.ChecksumAlgorithm.Default;

    /// <summary>The future object's properties, without those that only the upload needs.</summary>
    public JsonObject ObjectProperties()
    {
        var properties = Properties.DeepClone().AsObject();
        properties.Remove("ChecksumAlgorithm");
        return properties;
    }
}

/// <summary>A part of an upload.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="File">The file with its bytes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Its MD5, in hex.</param>
/// <param name="Checksum">
/// Its checksum in the upload's effective algorithm, base64; null if it came with another.
/// </param>
/// <param name="Modified">Civil time, Unix milliseconds.</param>
internal sealed record UploadedPart(long Number, string File, long Size, string ETag, string? Checksum, long Modified);
