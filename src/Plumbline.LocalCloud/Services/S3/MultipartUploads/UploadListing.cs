using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>One page of a bucket's uploads: uploads, and groups of them with a common prefix.</summary>
/// <param name="Uploads">Uploads outside of groups.</param>
/// <param name="CommonPrefixes">The groups: keys up to and including the delimiter.</param>
/// <param name="IsTruncated">True if another page follows.</param>
/// <param name="LastKey">The last upload's key, or the last group; "" for an empty page.</param>
/// <param name="LastId">The last upload's id; "" if the page ends with a group.</param>
internal sealed record UploadListing(
    IReadOnlyList<MultipartUpload> Uploads,
    IReadOnlyList<string> CommonPrefixes,
    bool IsTruncated,
    string LastKey,
    string LastId
)
{
    /// <summary>Returns the first page of uploads after a marker.</summary>
    /// <param name="behind">The uploads, by key and id.</param>
    /// <param name="prefix">The start of their keys.</param>
    /// <param name="delimiter">The end of a group's name after the prefix; null or "" makes no groups.</param>
    /// <param name="marker">The marker; one inside a group skips the whole group.</param>
    /// <param name="most">The maximum number of uploads and groups.</param>
    public static UploadListing Of(
        IReadOnlyList<MultipartUpload> behind,
        string prefix,
        string? delimiter,
        string marker,
        int most
    )
    {
        var uploads = new List<MultipartUpload>();
        var groups = new List<string>();
        var passed = marker.StartsWith(prefix, StringComparison.Ordinal)
            ? ObjectListing.Group(marker, prefix, delimiter)
            : null;
        var (lastKey, lastId) = ("", "");
        foreach (var upload in behind)
        {
            var group = ObjectListing.Group(upload.Key, prefix, delimiter);
            if (group is not null && (group == passed || group == groups.LastOrDefault()))
            {
                continue;
            }

            if (uploads.Count + groups.Count >= most)
            {
                return new UploadListing(uploads, groups, most > 0, lastKey, lastId);
            }

            if (group is null)
            {
                uploads.Add(upload);
            }
            else
            {
                groups.Add(group);
            }

            (lastKey, lastId) = (group ?? upload.Key, group is null ? upload.Id : "");
        }

        return new UploadListing(uploads, groups, false, lastKey, lastId);
    }
}
