using System.Text.Json.Nodes;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>Lists uploads in progress and their parts.</summary>
internal sealed class MultipartListApi(MultipartUploadStore uploads, BucketStore buckets)
{
    private const int MostListed = 1000;

    /// <summary>Greater than every upload id.</summary>
    private const string AfterAllIds = "~";

    public Task<JsonObject> ListParts(AwsCall call)
    {
        ObjectProperties.Check(call);
        var upload = MultipartUploadApi.Find(uploads, call);
        var request = new ListPartsRequest(call.Input);
        var marker = request.PartNumberMarker ?? 0;
        var most = Math.Min(request.MaxParts ?? MostListed, MostListed);
        var behind = uploads.Parts(upload.Id).Where(part => part.Number > marker).ToList();
        var page = behind.Take(most).ToList();
        return Task.FromResult(
            new JsonObject
            {
                ["Bucket"] = upload.Bucket,
                ["Key"] = upload.Key,
                ["UploadId"] = upload.Id,
                ["PartNumberMarker"] = marker,
                ["NextPartNumberMarker"] = page.LastOrDefault()?.Number ?? 0,
                ["MaxParts"] = most,
                ["IsTruncated"] = page.Count < behind.Count,
                ["StorageClass"] = StorageClass(upload),
                ["Initiator"] = ListRequest.Owner(),
                ["Owner"] = ListRequest.Owner(),
                ["ChecksumAlgorithm"] = upload.ChecksumAlgorithm,
                ["ChecksumType"] = upload.ChecksumType,
                ["Parts"] = new JsonArray([.. page.Select(part => Entry(upload, part))]),
            }
        );
    }

    public Task<JsonObject> ListMultipartUploads(AwsCall call)
    {
        ObjectProperties.Check(call);
        var request = new ListMultipartUploadsRequest(call.Input);
        var bucket = request.Bucket;
        buckets.Check(bucket);
        var names = WrittenNames.Of(request.EncodingType);
        var (prefix, delimiter) = (request.Prefix ?? "", request.Delimiter);
        var keyMarker = request.KeyMarker ?? "";
        var idMarker = keyMarker.Length > 0 ? request.UploadIdMarker ?? "" : ""; // ignored without a key
        var most = Math.Min(request.MaxUploads ?? MostListed, MostListed);
        var behind = uploads.List(
            bucket,
            prefix,
            keyMarker,
            keyMarker.Length > 0 && idMarker.Length == 0 ? AfterAllIds : idMarker
        );
        var page = UploadListing.Of(behind, prefix, delimiter, keyMarker, most);
        return Task.FromResult(
            new JsonObject
            {
                ["Bucket"] = bucket,
                ["Prefix"] = names.Write(prefix),
                ["KeyMarker"] = names.Write(keyMarker),
                ["UploadIdMarker"] = idMarker,
                ["NextKeyMarker"] = names.Write(page.LastKey),
                ["NextUploadIdMarker"] = page.LastId,
                ["Delimiter"] = string.IsNullOrEmpty(delimiter) ? null : names.Write(delimiter),
                ["MaxUploads"] = most,
                ["IsTruncated"] = page.IsTruncated,
                ["EncodingType"] = request.EncodingType,
                ["Uploads"] = new JsonArray([.. page.Uploads.Select(upload => Entry(upload, names))]),
                ["CommonPrefixes"] = new JsonArray([
                    .. page.CommonPrefixes.Select(group => new JsonObject { ["Prefix"] = names.Write(group) }),
                ]),
            }
        );
    }

    private static JsonObject Entry(MultipartUpload upload, UploadedPart part)
    {
        var entry = new JsonObject
        {
            ["PartNumber"] = part.Number,
            ["LastModified"] = part.Modified / 1000,
            ["ETag"] = ObjectContent.Quoted(part.ETag),
            ["Size"] = part.Size,
        };
        if (part.Checksum is not null)
        {
            entry[ChecksumAlgorithm.Member(upload.EffectiveAlgorithm)] = part.Checksum;
        }

        return entry;
    }

    private static JsonObject Entry(MultipartUpload upload, WrittenNames names) =>
        new()
        {
            ["UploadId"] = upload.Id,
            ["Key"] = names.Write(upload.Key),
            ["Initiated"] = upload.Created / 1000,
            ["StorageClass"] = StorageClass(upload),
            ["Owner"] = ListRequest.Owner(),
            ["Initiator"] = ListRequest.Owner(),
            ["ChecksumAlgorithm"] = upload.ChecksumAlgorithm,
            ["ChecksumType"] = upload.ChecksumType,
        };

    private static string StorageClass(MultipartUpload upload) =>
        (string?)upload.Properties["StorageClass"] ?? "STANDARD";
}
