using System.Buffers.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>ListObjectsV2 and its elder.</summary>
internal sealed class ObjectListApi(ObjectStore objects, BucketStore buckets)
{
    private const int MostKeys = 1000;

    public Task<JsonObject> ListObjectsV2(AwsCall call)
    {
        var (input, names) = Begin(call);
        var token = (string?)input["ContinuationToken"];
        var startAfter = (string?)input["StartAfter"];
        var from =
            token is not null ? ReadToken(token)
            : startAfter is not null ? ObjectKeys.After(ObjectKeys.Bytes(startAfter))
            : [];
        var (page, output) = List(input, names, from);
        output["KeyCount"] = page.Objects.Count + page.CommonPrefixes.Count;
        output["ContinuationToken"] = token;
        output["StartAfter"] = names.Write(startAfter);
        output["NextContinuationToken"] = page.Next is null ? null : Base64Url.EncodeToString(page.Next);
        if (input.Bool("FetchOwner") ?? false)
        {
            AddOwner(output);
        }

        return Task.FromResult(output);
    }

    public Task<JsonObject> ListObjects(AwsCall call)
    {
        var (input, names) = Begin(call);
        var marker = (string?)input["Marker"] ?? "";
        var (page, output) = List(input, names, AfterMarker(marker, input));
        output["Marker"] = names.Write(marker);
        AddOwner(output);

        // Without a delimiter the last key says it.
        if (page.Next is not null && output["Delimiter"] is not null)
        {
            output["NextMarker"] = names.Write(page.Last);
        }

        return Task.FromResult(output);
    }

    private (JsonObject Input, WrittenNames Names) Begin(AwsCall call)
    {
        ObjectProperties.Check(call);
        buckets.Check((string)call.Input["Bucket"]!);
        return (call.Input, WrittenNames.Of(call.Input));
    }

    private (ObjectListing Page, JsonObject Output) List(JsonObject input, WrittenNames names, byte[] from)
    {
        var bucket = (string)input["Bucket"]!;
        var prefix = (string?)input["Prefix"] ?? "";
        var delimiter = (string?)input["Delimiter"];
        var most = Math.Min(input.Int("MaxKeys") ?? MostKeys, MostKeys);
        if (most < 0)
        {
            throw S3Errors.InvalidArgument(
                "Argument maxKeys must be an integer between 0 and 2147483647",
                "maxKeys",
                $"{most}"
            );
        }

        var page = ObjectListing.Of(objects, bucket, prefix, delimiter, from, most);
        var output = new JsonObject
        {
            ["Name"] = bucket,
            ["Prefix"] = names.Write(prefix),
            ["MaxKeys"] = most,
            ["IsTruncated"] = page.Next is not null,
            ["EncodingType"] = (string?)input["EncodingType"],
            ["Contents"] = new JsonArray([.. page.Objects.Select(stored => Entry(stored, names))]),
            ["CommonPrefixes"] = new JsonArray([
                .. page.CommonPrefixes.Select(group => new JsonObject { ["Prefix"] = names.Write(group) }),
            ]),
        };
        if (!string.IsNullOrEmpty(delimiter))
        {
            output["Delimiter"] = names.Write(delimiter);
        }

        return (page, output);
    }

    private static JsonObject Entry(StoredObject stored, WrittenNames names)
    {
        var entry = new JsonObject
        {
            ["Key"] = names.Write(stored.Key),
            ["LastModified"] = ObjectContent.Seconds(stored),
            ["ETag"] = ObjectContent.Quoted(stored.ETag),
            ["Size"] = stored.Size,
            ["StorageClass"] = (string?)stored.Properties["StorageClass"] ?? "STANDARD",
        };
        if (ChecksumAlgorithm.In(stored.Properties) is var (algorithm, _))
        {
            entry["ChecksumAlgorithm"] = new JsonArray(algorithm);
            entry["ChecksumType"] = (string?)stored.Properties["ChecksumType"];
        }

        return entry;
    }

    private static void AddOwner(JsonObject output)
    {
        foreach (var entry in output["Contents"]!.AsArray())
        {
            entry!["Owner"] = new JsonObject { ["ID"] = LocalCloudIdentity.Account };
        }
    }

    /// <summary>A marker that is a group (NextMarker may be one) stands for all of the group.</summary>
    private static byte[] AfterMarker(string marker, JsonObject input)
    {
        var bytes = ObjectKeys.Bytes(marker);
        var isGroup =
            (string?)input["Delimiter"] is { Length: > 0 } delimiter
            && marker.EndsWith(delimiter, StringComparison.Ordinal)
            && marker.Length > ((string?)input["Prefix"] ?? "").Length;
        return marker.Length == 0 ? []
            : isGroup ? ObjectKeys.AfterPrefix(bytes)
            : ObjectKeys.After(bytes);
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
