using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>Objects: put, get, head, delete.</summary>
internal sealed class ObjectApi(ObjectStore objects, ObjectFiles files, BucketStore buckets, CivilClock clock)
{
    private const int MostDeletes = 1000;

    public async Task<JsonObject> PutObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var (bucket, key, _) = ObjectName.Of(call);
        buckets.Check(bucket);
        var properties = ObjectProperties.Of(call.Input);
        var content = await ReceivedContent.TakeAsync(call, files);
        properties[ChecksumAlgorithm.Member(content.Algorithm)] = content.Checksum;
        properties["ChecksumType"] = ChecksumType.FullObject;
        var stored = await objects.PutAsync(
            new NewObject(bucket, key, content.File, content.Size, content.ETag, properties),
            existing => Preconditions.CheckWrite(call.Input, existing)
        );
        var output = new JsonObject
        {
            ["ETag"] = ObjectContent.Quoted(stored.ETag),
            ["VersionId"] = stored.GivenVersion,
        };
        ChecksumAlgorithm.Copy(properties, output);
        ObjectEncryption.AddTo(output, properties);
        return output;
    }

    public Task<AwsReply> GetObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var (stored, handle) = ObjectStore.Open(
            () => ObjectName.Of(call).Find(objects, buckets, call.Operation.HttpMethod),
            files.Open
        );
        try
        {
            return Task.FromResult(ObjectContent.Reply(call, stored, handle, clock.GetUtcNow()));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public Task<AwsReply> HeadObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var (stored, none) = ObjectStore.Open(
            () => ObjectName.Of(call).Find(objects, buckets, call.Operation.HttpMethod),
            files.Check
        );
        return Task.FromResult(ObjectContent.Reply(call, stored, none, clock.GetUtcNow()));
    }

    public async Task<JsonObject> DeleteObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var name = ObjectName.Of(call);
        buckets.Check(name.Bucket);
        var deletion = await DeleteAsync(name, new DeleteObjectRequest(call.Input).IfMatch);
        return deletion.Version is null
            ? []
            : new JsonObject { ["VersionId"] = deletion.Version, ["DeleteMarker"] = deletion.IsMarker ? true : null };
    }

    public async Task<JsonObject> DeleteObjects(AwsCall call)
    {
        ObjectProperties.Check(call);
        var request = new DeleteObjectsRequest(call.Input);
        buckets.Check(request.Bucket);
        var wanted = request.Delete.Objects.ToList();
        if (wanted.Count is 0 or > MostDeletes)
        {
            throw new AwsException(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our published schema"
            );
        }

        var results = await Task.WhenAll(wanted.Select(entry => DeleteOneAsync(request.Bucket, entry)));
        var output = new JsonObject();
        if (request.Delete.Quiet != true)
        {
            output["Deleted"] = new JsonArray([.. results.Where(result => !result.ContainsKey("Code"))]);
        }

        output["Errors"] = new JsonArray([.. results.Where(result => result.ContainsKey("Code"))]);
        return output;
    }

    private async Task<JsonObject> DeleteOneAsync(string bucket, ObjectIdentifier entry)
    {
        var name = new ObjectName(bucket, entry.Key, entry.VersionId);
        var output = new JsonObject { ["Key"] = name.Key, ["VersionId"] = name.Version };
        try
        {
            if (name.Version is not null && !VersionIds.IsWellFormed(name.Version))
            {
                throw S3Errors.NoSuchVersion(name.Key, name.Version);
            }

            var deletion = await DeleteAsync(name, entry.ETag);
            if (deletion.IsMarker)
            {
                output["DeleteMarker"] = true;
                output["DeleteMarkerVersionId"] = deletion.Version;
            }
        }
        catch (AwsException error) when (error.Code is "PreconditionFailed" or "NoSuchKey" or "NoSuchVersion")
        {
            output["Code"] = error.Code;
            output["Message"] = error.Message;
        }

        return output;
    }

    private Task<Deletion> DeleteAsync(ObjectName name, string? match)
    {
        void Check(StoredObject? existing) => Preconditions.CheckDelete(match, name.Key, existing);
        return name.Version is null
            ? objects.RemoveAsync(name.Bucket, name.Key, Check)
            : objects.RemoveAsync(name.Bucket, name.Key, name.Version, Check);
    }
}
