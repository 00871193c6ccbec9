using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>The common part of requests that list a bucket's objects.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">The start of the keys.</param>
/// <param name="Delimiter">The end of a group's name; null or "" makes no groups.</param>
/// <param name="Most">The maximum number of objects and groups.</param>
/// <param name="Names">The form in which names are written.</param>
internal sealed record ListRequest(string Bucket, string Prefix, string? Delimiter, int Most, WrittenNames Names)
{
    private const int MostKeys = 1000;

    /// <summary>Reads and checks a request.</summary>
    /// <exception cref="Aws.Errors.AwsException">The bucket does not exist, or the request is invalid.</exception>
    public static ListRequest Of(AwsCall call, BucketStore buckets)
    {
        ObjectProperties.Check(call);
        var input = call.Input;
        var bucket = (string)input["Bucket"]!;
        buckets.Check(bucket);
        var most = Math.Min(input.Int("MaxKeys") ?? MostKeys, MostKeys);
        return most < 0
            ? throw S3Errors.InvalidArgument(
                "Argument maxKeys must be an integer between 0 and 2147483647",
                "maxKeys",
                $"{most}"
            )
            : new ListRequest(
                bucket,
                (string?)input["Prefix"] ?? "",
                (string?)input["Delimiter"],
                most,
                WrittenNames.Of(input.Text("EncodingType"))
            );
    }

    /// <summary>Returns the least key after a marker.</summary>
    public byte[] Behind(string marker) => ObjectListing.Behind(marker, Prefix, Delimiter);

    /// <summary>Lists from a key.</summary>
    public ObjectListing List(ObjectStore objects, byte[] from) =>
        ObjectListing.Of(objects, Bucket, Prefix, Delimiter, from, Most);

    /// <summary>Returns the members that every list has.</summary>
    public JsonObject Describe(bool isTruncated, IReadOnlyList<string> groups)
    {
        var output = new JsonObject
        {
            ["Name"] = Bucket,
            ["Prefix"] = Names.Write(Prefix),
            ["MaxKeys"] = Most,
            ["IsTruncated"] = isTruncated,
            ["EncodingType"] = Names.Encoded ? EncodingType.Url : null,
            ["CommonPrefixes"] = new JsonArray([
                .. groups.Select(group => new JsonObject { ["Prefix"] = Names.Write(group) }),
            ]),
        };
        if (!string.IsNullOrEmpty(Delimiter))
        {
            output["Delimiter"] = Names.Write(Delimiter);
        }

        return output;
    }

    /// <summary>An object in a list.</summary>
    public static JsonObject Entry(StoredObject stored, WrittenNames names)
    {
        var entry = new JsonObject
        {
            ["Key"] = names.Write(stored.Key),
            ["LastModified"] = ObjectContent.Seconds(stored),
            ["ETag"] = ObjectContent.Quoted(stored.ETag),
            ["Size"] = stored.Size,
            ["StorageClass"] = (string?)stored.Properties["StorageClass"] ?? StorageClass.Standard,
        };
        if (ChecksumAlgorithm.In(stored.Properties) is var (algorithm, _))
        {
            entry["ChecksumAlgorithm"] = new JsonArray(algorithm);
            entry["ChecksumType"] = (string?)stored.Properties["ChecksumType"];
        }

        return entry;
    }

    /// <summary>The owner of all buckets and objects.</summary>
    public static JsonObject Owner() => new() { ["ID"] = LocalCloudIdentity.Account };
}
