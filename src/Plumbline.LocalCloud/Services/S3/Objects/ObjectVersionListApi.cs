using System.Text.Json.Nodes;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>ListObjectVersions. In a bucket that never had versions each object is its own latest version, <c>null</c>.</summary>
internal sealed class ObjectVersionListApi(VersionPages pages, BucketStore buckets)
{
    public Task<JsonObject> ListObjectVersions(AwsCall call)
    {
        var request = ListRequest.Of(call, buckets);
        var input = new ListObjectVersionsRequest(call.Input);
        var (keyMarker, versionMarker) = (input.KeyMarker ?? "", input.VersionIdMarker);
        CheckMarkers(keyMarker, versionMarker);
        var page = versionMarker is null
            ? VersionListing.Of(pages, request, request.Behind(keyMarker), long.MaxValue)
            : VersionListing.Of(
                pages,
                request,
                ObjectKeys.Bytes(keyMarker),
                // A version that was deleted meanwhile has no place: its key begins again, so that nothing is left out.
                pages.Position(request.Bucket, keyMarker, versionMarker) ?? long.MaxValue
            );
        var output = request.Describe(page.IsTruncated, page.CommonPrefixes);
        output["KeyMarker"] = request.Names.Write(keyMarker);
        output["VersionIdMarker"] = versionMarker ?? "";
        output["Versions"] = Entries(page, request, areMarkers: false);
        output["DeleteMarkers"] = Entries(page, request, areMarkers: true);
        if (page.IsTruncated)
        {
            output["NextKeyMarker"] = request.Names.Write(page.LastKey);
            output["NextVersionIdMarker"] = page.LastVersion;
        }

        return Task.FromResult(output);
    }

    private static void CheckMarkers(string keyMarker, string? versionMarker)
    {
        const string argument = "version-id-marker";
        if (versionMarker is null)
        {
            return;
        }

        if (versionMarker.Length == 0)
        {
            throw S3Errors.InvalidArgument("A version-id marker cannot be empty.", argument, versionMarker);
        }

        if (keyMarker.Length == 0)
        {
            throw S3Errors.InvalidArgument(
                "A version-id marker cannot be specified without a key marker.",
                argument,
                versionMarker
            );
        }

        if (!VersionIds.IsWellFormed(versionMarker))
        {
            throw S3Errors.InvalidVersion(argument, versionMarker);
        }
    }

    private static JsonArray Entries(VersionListing page, ListRequest request, bool areMarkers) =>
        [
            .. page
                .Versions.Where(listed => listed.Stored.IsDeleteMarker == areMarkers)
                .Select(listed => Entry(listed, request.Names)),
        ];

    private static JsonObject Entry(ListedVersion listed, WrittenNames names)
    {
        var entry = listed.Stored.IsDeleteMarker
            ? new JsonObject
            {
                ["Key"] = names.Write(listed.Stored.Key),
                ["LastModified"] = ObjectContent.Seconds(listed.Stored),
            }
            : ListRequest.Entry(listed.Stored, names);
        entry["VersionId"] = listed.Stored.Version;
        entry["IsLatest"] = listed.IsLatest;
        entry["Owner"] = ListRequest.Owner();
        return entry;
    }
}
