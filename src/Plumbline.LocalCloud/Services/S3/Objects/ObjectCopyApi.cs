using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>CopyObject: a hard link, whatever the size.</summary>
internal sealed class ObjectCopyApi(ObjectStore objects, ObjectFiles files, BucketStore buckets)
{
    public async Task<JsonObject> CopyObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var (bucket, key) = ((string)call.Input["Bucket"]!, (string)call.Input["Key"]!);
        buckets.Check(bucket);
        var replaces = (string?)call.Input["MetadataDirective"] == "REPLACE";
        var source = CopySource.Read((string)call.Input["CopySource"]!);
        if (source == new CopySource(bucket, key) && !replaces && !call.Input.ContainsKey("StorageClass"))
        {
            throw S3Errors.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
            );
        }

        var (original, link) = ObjectStore.Open(() => Find(source, call.Input), original => files.Link(original.File));
        var properties = replaces ? ObjectProperties.Of(call.Input) : original.Properties.DeepClone().AsObject();
        if (replaces)
        {
            ChecksumAlgorithm.Copy(original.Properties, properties);
        }

        AddChecksum((string?)call.Input["ChecksumAlgorithm"], link, original.Size, properties);
        var stored = await objects.PutAsync(
            new NewObject(bucket, key, link, original.Size, original.ETag, properties),
            existing => Preconditions.CheckWrite(call.Input, existing)
        );
        var result = new JsonObject
        {
            ["ETag"] = ObjectContent.Quoted(stored.ETag),
            ["LastModified"] = ObjectContent.Seconds(stored),
        };
        ChecksumAlgorithm.Copy(properties, result);
        return new JsonObject { ["CopyObjectResult"] = result };
    }

    private StoredObject Find(CopySource source, JsonObject input)
    {
        var original = source.Find(objects, buckets);
        Preconditions.CheckSource(input, original);
        return original;
    }

    /// <summary>Calculates the checksum that the request asks for, unless the source brought it along.</summary>
    private void AddChecksum(string? algorithm, string file, long size, JsonObject properties)
    {
        if (algorithm is null || properties.ContainsKey(ChecksumAlgorithm.Member(algorithm)))
        {
            return;
        }

        if (!ChecksumAlgorithm.Known.Contains(algorithm))
        {
            files.Remove(file);
            throw S3Errors.NotImplemented("x-amz-checksum-algorithm");
        }

        foreach (var known in ChecksumAlgorithm.Known)
        {
            properties.Remove(ChecksumAlgorithm.Member(known));
        }

        properties[ChecksumAlgorithm.Member(algorithm)] = FileChecksum.Of(algorithm, files, file, size);
        properties["ChecksumType"] = "FULL_OBJECT";
    }
}
