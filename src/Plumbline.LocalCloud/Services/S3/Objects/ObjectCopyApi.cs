using System.Text.Json.Nodes;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>CopyObject makes a hard link, whatever the size.</summary>
internal sealed class ObjectCopyApi(ObjectStore objects, ObjectFiles files, BucketStore buckets, CivilClock clock)
{
    private const long LargestSource = 5L * 1024 * 1024 * 1024;

    public async Task<JsonObject> CopyObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var input = call.Input;
        var request = new CopyObjectRequest(input);
        var (bucket, key) = (request.Bucket, request.Key);
        buckets.Check(bucket);
        var replaces = request.MetadataDirective == MetadataDirective.Replace;
        var source = CopySource.Read(request.CopySource);
        if (source == new ObjectName(bucket, key, null) && !replaces && !ObjectProperties.Chooses(input))
        {
            throw S3Errors.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
            );
        }

        var (original, link) = ObjectStore.Open(() => Find(source, input), files.Link);
        JsonObject properties;
        string tag;
        try
        {
            properties = Properties(request, original, replaces);
            tag = DescribeContent((string?)input["ChecksumAlgorithm"], original, link, properties);
        }
        catch
        {
            files.Remove(link);
            throw;
        }

        var stored = await objects.PutAsync(
            new NewObject(bucket, key, link, original.Size, tag, properties),
            existing => Preconditions.CheckWrite(input, existing)
        );
        var result = new JsonObject
        {
            ["ETag"] = ObjectContent.Quoted(stored.ETag),
            ["LastModified"] = ObjectContent.Seconds(stored),
        };
        ChecksumAlgorithm.Copy(properties, result);
        result.Remove("ChecksumType"); // in the model, but not in S3's answer
        var output = new JsonObject
        {
            ["CopyObjectResult"] = result,
            ["VersionId"] = stored.GivenVersion,
            ["CopySourceVersionId"] = original.Version,
        };
        ObjectEncryption.AddTo(output, properties);
        return output;
    }

    private StoredObject Find(ObjectName source, JsonObject input)
    {
        var original = CopySource.Find(source, objects, buckets);
        Preconditions.CheckSource(input, original, clock.GetUtcNow());
        return original.Size <= LargestSource
            ? original
            : throw S3Errors.InvalidRequest(
                $"The specified copy source is larger than the maximum allowable size for a copy source: {LargestSource}"
            );
    }

    private static JsonObject Properties(CopyObjectRequest request, StoredObject original, bool replaces)
    {
        var properties = replaces
            ? ObjectProperties.Of(request.Tree)
            : ObjectProperties.OfCopy(request.Tree, original.Properties);
        var header = request.TaggingDirective == TaggingDirective.Replace ? request.Tagging ?? "" : null;
        TagSet.Keep(properties, header is null ? TagSet.In(original.Properties) : TagSet.OfHeader(header));
        return properties;
    }

    /// <summary>
    /// Sets the checksum of a copy. A copy is one piece, even if its source came in parts: its ETag is the MD5 of all
    /// bytes, and its checksum is that of the whole object. The bytes are read only if the source does not have these.
    /// </summary>
    /// <returns>The ETag.</returns>
    private string DescribeContent(string? wanted, StoredObject original, string file, JsonObject properties)
    {
        var known = ChecksumAlgorithm.In(original.Properties);
        var algorithm = wanted ?? known?.Algorithm ?? ChecksumAlgorithm.Default;
        if (!ChecksumAlgorithm.Known.Contains(algorithm))
        {
            throw S3Errors.NotImplemented("x-amz-checksum-algorithm");
        }

        var value =
            known?.Algorithm == algorithm && (string?)original.Properties["ChecksumType"] != ChecksumType.Composite
                ? known?.Value
                : null;
        var tag = ObjectParts.Of(original) is null ? original.ETag : null;
        using var md5 = IncrementalChecksum.Of("MD5");
        using var checksum = IncrementalChecksum.Of(algorithm);
        List<IncrementalChecksum> unknown = [.. tag is null ? [md5] : Array.Empty<IncrementalChecksum>()];
        if (value is null)
        {
            unknown.Add(checksum);
        }

        if (unknown.Count > 0)
        {
            FileChecksum.Read(files, file, original.Size, unknown);
        }

        properties[ChecksumAlgorithm.Member(algorithm)] = value ?? Convert.ToBase64String(checksum.Finish());
        properties["ChecksumType"] = ChecksumType.FullObject;
        return tag ?? Convert.ToHexStringLower(md5.Finish());
    }
}
