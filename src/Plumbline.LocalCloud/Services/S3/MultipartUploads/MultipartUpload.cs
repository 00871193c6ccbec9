using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>An object that is being uploaded in parts.</summary>
/// <param name="Id">AWS's UploadId.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key it will have.</param>
/// <param name="Created">Civil time, Unix milliseconds.</param>
/// <param name="Properties">What the object will carry, and ChecksumAlgorithm and ChecksumType.</param>
internal sealed record MultipartUpload(string Id, string Bucket, string Key, long Created, JsonObject Properties)
{
    public string? ChecksumAlgorithm => (string?)Properties["ChecksumAlgorithm"];

    public string? ChecksumType => (string?)Properties["ChecksumType"];
}

/// <summary>A part of an upload.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="File">Where its bytes are.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Its MD5, in hex.</param>
/// <param name="Checksum">Its checksum in the upload's algorithm, base64; null where there is none.</param>
/// <param name="Modified">Civil time, Unix milliseconds.</param>
internal sealed record UploadedPart(long Number, string File, long Size, string ETag, string? Checksum, long Modified);
