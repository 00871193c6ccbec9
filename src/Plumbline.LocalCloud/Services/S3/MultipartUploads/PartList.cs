using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>The list of parts in CompleteMultipartUpload.</summary>
internal static class PartList
{
    private const long SmallestPart = 5 * 1024 * 1024;

    /// <summary>Returns the parts that the list names, in its order.</summary>
    /// <exception cref="AwsException">InvalidPart, InvalidPartOrder, EntityTooSmall: the list does not fit what was uploaded.</exception>
    public static IReadOnlyList<UploadedPart> Check(
        MultipartUpload upload,
        IReadOnlyList<UploadedPart> uploaded,
        JsonObject input
    )
    {
        if (input["MultipartUpload"]?["Parts"] is not JsonArray { Count: > 0 } named)
        {
            throw S3Errors.InvalidRequest("You must specify at least one part");
        }

        var byNumber = uploaded.ToDictionary(part => part.Number);
        var parts = new List<UploadedPart>(named.Count);
        foreach (var entry in named.OfType<JsonObject>())
        {
            var number = entry.Long("PartNumber") ?? 0;
            if (parts.Count > 0 && number <= parts[^1].Number)
            {
                throw new AwsException(
                    "InvalidPartOrder",
                    400,
                    "The list of parts was not in ascending order. Parts must be ordered by part number."
                )
                {
                    Members = new() { ["UploadId"] = upload.Id },
                };
            }

            parts.Add(Check(upload, byNumber.GetValueOrDefault(number), entry));
        }

        if (parts.SkipLast(1).FirstOrDefault(part => part.Size < SmallestPart) is { } small)
        {
            throw TooSmall(small);
        }

        return parts;
    }

    private static UploadedPart Check(MultipartUpload upload, UploadedPart? part, JsonObject entry)
    {
        var tag = ((string?)entry["ETag"])?.Trim('"');
        var sent = upload.ChecksumAlgorithm is { } algorithm
            ? (string?)entry[ChecksumAlgorithm.Member(algorithm)]
            : null;
        if (part is null || part.ETag != tag || (sent is not null && sent != part.Checksum))
        {
            throw new AwsException(
                "InvalidPart",
                400,
                "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
            )
            {
                Members = new()
                {
                    ["UploadId"] = upload.Id,
                    ["PartNumber"] = entry.Long("PartNumber"),
                    ["ETag"] = tag,
                },
            };
        }

        return sent is null && upload.ChecksumType == "COMPOSITE"
            ? throw S3Errors.InvalidRequest(
                $"The upload was created using a {upload.ChecksumAlgorithm!.ToLowerInvariant()} checksum. The complete request must include the checksum for each part. It was missing for part {part.Number} in the request."
            )
            : part;
    }

    private static AwsException TooSmall(UploadedPart part) =>
        new("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
        {
            Members = new()
            {
                ["ProposedSize"] = part.Size,
                ["MinSizeAllowed"] = SmallestPart,
                ["PartNumber"] = part.Number,
                ["ETag"] = part.ETag,
            },
        };
}
