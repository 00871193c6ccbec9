using System.Buffers.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>ListObjectsV2 and the older ListObjects.</summary>
internal sealed class ObjectListApi(ObjectStore objects, BucketStore buckets)
{
    public Task<JsonObject> ListObjectsV2(AwsCall call)
    {
        var request = ListRequest.Of(call, buckets);
        var input = new ListObjectsV2Request(call.Input);
        var (token, startAfter) = (input.ContinuationToken, input.StartAfter);
        var page = request.List(objects, token is null ? request.Behind(startAfter ?? "") : ReadToken(token));
        var output = request.Describe(page.Next is not null, page.CommonPrefixes);
        output["Contents"] = Contents(page, request, input.FetchOwner ?? false);
        output["KeyCount"] = page.Objects.Count + page.CommonPrefixes.Count;
        output["ContinuationToken"] = token;
        output["StartAfter"] = request.Names.Write(startAfter);
        output["NextContinuationToken"] = page.Next is null ? null : Base64Url.EncodeToString(page.Next);
        return Task.FromResult(output);
    }

    public Task<JsonObject> ListObjects(AwsCall call)
    {
        var request = ListRequest.Of(call, buckets);
        var marker = new ListObjectsRequest(call.Input).Marker ?? "";
        var page = request.List(objects, request.Behind(marker));
        var output = request.Describe(page.Next is not null, page.CommonPrefixes);
        output["Contents"] = Contents(page, request, withOwner: true);
        output["Marker"] = request.Names.Write(marker);

        // Without a delimiter, clients take the last key as the marker.
        if (page.Next is not null && output["Delimiter"] is not null)
        {
            output["NextMarker"] = request.Names.Write(page.Last);
        }

        return Task.FromResult(output);
    }

    private static JsonArray Contents(ObjectListing page, ListRequest request, bool withOwner)
    {
        var contents = new JsonArray();
        foreach (var stored in page.Objects)
        {
            var entry = ListRequest.Entry(stored, request.Names);
            entry["Owner"] = withOwner ? ListRequest.Owner() : null;
            contents.Add((JsonNode)entry);
        }

        return contents;
    }

    private static byte[] ReadToken(string token)
    {
        try
        {
            return Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
            throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }
}
