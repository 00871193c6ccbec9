using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>ListObjectVersions. No bucket has versions here, so that each object is its own latest version, <c>null</c>.</summary>
internal sealed class ObjectVersionListApi(ObjectStore objects, BucketStore buckets)
{
    private const string Version = "null";

    public Task<JsonObject> ListObjectVersions(AwsCall call)
    {
        var request = ListRequest.Of(call, buckets);
        var keyMarker = (string?)call.Input["KeyMarker"] ?? "";
        var versionMarker = (string?)call.Input["VersionIdMarker"];
        CheckMarkers(keyMarker, versionMarker);
        var page = request.List(objects, request.Behind(keyMarker));
        var output = request.Describe(page);
        output["KeyMarker"] = request.Names.Write(keyMarker);
        output["VersionIdMarker"] = versionMarker ?? "";
        output["Versions"] = new JsonArray([.. page.Objects.Select(stored => Entry(stored, request.Names))]);
        if (page.Next is not null)
        {
            output["NextKeyMarker"] = request.Names.Write(page.Last);
            output["NextVersionIdMarker"] =
                page.CommonPrefixes is [.., var group] && group == page.Last ? null : Version;
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

        if (versionMarker != Version)
        {
            throw S3Errors.InvalidArgument("Invalid version id specified", argument, versionMarker);
        }
    }

    private static JsonObject Entry(StoredObject stored, WrittenNames names)
    {
        var entry = ListRequest.Entry(stored, names);
        entry["VersionId"] = Version;
        entry["IsLatest"] = true;
        entry["Owner"] = ListRequest.Owner();
        return entry;
    }
}
