using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.S3;
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
        CompleteMultipartUploadRequest request
    )
    {
        var named = request.MultipartUpload?.Parts.ToList() ?? [];
        if (named.Count == 0)
        {
            throw S3Errors.InvalidRequest("You must specify at least one part");
        }

        var byNumber = uploaded.ToDictionary(part => part.Number);
        var parts = new List<UploadedPart>(named.Count);
        foreach (var entry in named)
        {
            var number = Number(entry) ?? 0;
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

    private static UploadedPart Check(MultipartUpload upload, UploadedPart? part, CompletedPart entry)
    {
        var tag = entry.ETag?.Trim('"');
        var sent = upload.ChecksumAlgorithm is { } algorithm
            ? (string?)entry.Tree[ChecksumAlgorithm.Member(algorithm)]
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
                    ["PartNumber"] = Number(entry),
                    ["ETag"] = tag,
                },
            };
        }

        return sent is null && upload.ChecksumType == ChecksumType.Composite
            ? throw S3Errors.InvalidRequest(
                $"The upload was created using a {upload.ChecksumAlgorithm!.ToLowerInvariant()} checksum. The complete request must include the checksum for each part. It was missing for part {part.Number} in the request."
            )
            : part;
    }

    /// <summary>A number that an int cannot hold must not become that of another part.</summary>
    private static long? Number(CompletedPart entry) => entry.Tree.Long("PartNumber");

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
