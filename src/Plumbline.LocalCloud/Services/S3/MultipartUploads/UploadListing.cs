using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>One page of a bucket's uploads: uploads, and what groups of them have in common.</summary>
/// <param name="Uploads">Uploads in no group.</param>
/// <param name="CommonPrefixes">The groups: keys up to and with the delimiter.</param>
/// <param name="IsTruncated">Whether there are more.</param>
/// <param name="LastKey">The last upload's key, or the last group; "" for none.</param>
/// <param name="LastId">The last upload's id; "" where a group is last.</param>
internal sealed record UploadListing(
    IReadOnlyList<MultipartUpload> Uploads,
    IReadOnlyList<string> CommonPrefixes,
    bool IsTruncated,
    string LastKey,
    string LastId
)
{
    /// <summary>The first page of uploads that are behind a marker.</summary>
    /// <param name="behind">The uploads, by key and id.</param>
    /// <param name="prefix">What their keys begin with.</param>
    /// <param name="delimiter">What ends a group's name after the prefix; null or "" groups nothing.</param>
    /// <param name="marker">The marker: one inside a group stands for all of it.</param>
    /// <param name="most">How many uploads and groups at most.</param>
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
