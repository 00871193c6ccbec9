using System.Text.Json.Nodes;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>GetObjectAttributes: the facts of HeadObject, and the parts.</summary>
internal sealed class ObjectAttributesApi(ObjectStore objects, BucketStore buckets)
{
    private const int MostParts = 1000;

    public Task<JsonObject> GetObjectAttributes(AwsCall call)
    {
        ObjectProperties.Check(call);
        var stored = ObjectName.Of(call).Find(objects, buckets, call.Operation.HttpMethod);
        var output = new JsonObject
        {
            ["LastModified"] = ObjectContent.Seconds(stored),
            ["VersionId"] = stored.Version,
        };
        var request = new GetObjectAttributesRequest(call.Input);
        foreach (var name in request.ObjectAttributes)
        {
            switch (name)
            {
                case "ETag":
                    output[name] = stored.ETag;
                    break;
                case "Checksum" when ChecksumAlgorithm.In(stored.Properties) is not null:
                    var checksum = new JsonObject();
                    ChecksumAlgorithm.Copy(stored.Properties, checksum);
                    output[name] = checksum;
                    break;
                case "ObjectParts" when ObjectParts.Of(stored) is { } parts:
                    output[name] = Describe(parts, request);
                    break;
                case "StorageClass":
                    output[name] = (string?)stored.Properties[name] ?? StorageClass.Standard;
                    break;
                case "ObjectSize":
                    output[name] = stored.Size;
                    break;
                case "Checksum" or "ObjectParts":
                    break;
                default:
                    throw S3Errors.InvalidArgument(
                        "Invalid attribute name specified.",
                        "x-amz-object-attributes",
                        name
                    );
            }
        }

        return Task.FromResult(output);
    }

    /// <summary>
    /// AWS lists the parts only if the upload was created with a checksum for each; otherwise it counts them.
    /// </summary>
    private static JsonObject Describe(ObjectParts parts, GetObjectAttributesRequest request)
    {
        var output = new JsonObject { ["TotalPartsCount"] = parts.Sizes.Count };
        if (parts.Checksums is null || parts.ChecksumType != ChecksumType.Composite)
        {
            return output;
        }

        var marker = request.PartNumberMarker ?? 0;
        var most = Math.Min(request.MaxParts ?? MostParts, MostParts);
        var page = Enumerable.Range(1, parts.Sizes.Count).Where(number => number > marker).Take(most).ToList();
        output["PartNumberMarker"] = marker;
        output["NextPartNumberMarker"] = page.Count > 0 ? page[^1] : 0;
        output["MaxParts"] = most;
        output["IsTruncated"] = page.Count > 0 && page[^1] < parts.Sizes.Count;
        output["Parts"] = new JsonArray([
            .. page.Select(number => new JsonObject
            {
                ["PartNumber"] = number,
                ["Size"] = parts.Sizes[number - 1],
                [ChecksumAlgorithm.Member(parts.Algorithm!)] = parts.Checksums[number - 1],
            }),
        ]);
        return output;
    }
}
