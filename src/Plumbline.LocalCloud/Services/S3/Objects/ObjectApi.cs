using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>Objects: put, get, head, delete.</summary>
internal sealed class ObjectApi(ObjectStore objects, ObjectFiles files, BucketStore buckets, CivilClock clock)
{
    private const int MostDeletes = 1000;

    public async Task<JsonObject> PutObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var (bucket, key) = Name(call);
        buckets.Check(bucket);
        var properties = ObjectProperties.Of(call.Input);
        var content = await ReceivedContent.TakeAsync(call, files);
        properties[ChecksumAlgorithm.Member(content.Algorithm)] = content.Checksum;
        properties["ChecksumType"] = "FULL_OBJECT";
        var stored = await objects.PutAsync(
            new NewObject(bucket, key, content.File, content.Size, content.ETag, properties),
            existing => Preconditions.CheckWrite(call.Input, existing)
        );
        var output = new JsonObject { ["ETag"] = ObjectContent.Quoted(stored.ETag) };
        ChecksumAlgorithm.Copy(properties, output);
        ObjectEncryption.AddTo(output, properties);
        return output;
    }

    public Task<AwsReply> GetObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var (stored, handle) = ObjectStore.Open(() => Find(objects, buckets, call), stored => files.Open(stored.File));
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
        return Task.FromResult(
            ObjectContent.Reply(call, Find(objects, buckets, call), handle: null, clock.GetUtcNow())
        );
    }

    public async Task<JsonObject> DeleteObject(AwsCall call)
    {
        ObjectProperties.Check(call);
        var (bucket, key) = Name(call);
        buckets.Check(bucket);
        await objects.RemoveAsync(
            bucket,
            key,
            existing => Preconditions.CheckDelete((string?)call.Input["IfMatch"], key, existing)
        );
        return [];
    }

    public async Task<JsonObject> DeleteObjects(AwsCall call)
    {
        ObjectProperties.Check(call);
        var bucket = (string)call.Input["Bucket"]!;
        buckets.Check(bucket);
        var wanted = call.Input["Delete"]!["Objects"]!.AsArray();
        if (wanted.Count is 0 or > MostDeletes)
        {
            throw new AwsException(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our published schema"
            );
        }

        var results = await Task.WhenAll(wanted.Select(entry => DeleteOneAsync(bucket, entry!.AsObject())));
        var quiet = call.Input["Delete"]!.AsObject().Bool("Quiet") ?? false;
        var output = new JsonObject();
        if (!quiet)
        {
            output["Deleted"] = new JsonArray([.. results.Where(result => !result.ContainsKey("Code"))]);
        }

        output["Errors"] = new JsonArray([.. results.Where(result => result.ContainsKey("Code"))]);
        return output;
    }

    private async Task<JsonObject> DeleteOneAsync(string bucket, JsonObject entry)
    {
        var key = (string)entry["Key"]!;
        var version = (string?)entry["VersionId"];
        if (version is not (null or "null"))
        {
            return new JsonObject
            {
                ["Key"] = key,
                ["VersionId"] = version,
                ["Code"] = "NoSuchVersion",
                ["Message"] = "The specified version does not exist.",
            };
        }

        var named = new JsonObject { ["Key"] = key, ["VersionId"] = version };
        try
        {
            await objects.RemoveAsync(
                bucket,
                key,
                existing => Preconditions.CheckDelete((string?)entry["ETag"], key, existing)
            );
        }
        catch (AwsException error) when (error.Code is "PreconditionFailed" or "NoSuchKey")
        {
            named["Code"] = error.Code;
            named["Message"] = error.Message;
        }

        return named;
    }

    /// <summary>The object that a call names.</summary>
    /// <exception cref="AwsException">404 NoSuchKey or NoSuchBucket.</exception>
    internal static StoredObject Find(ObjectStore objects, BucketStore buckets, AwsCall call)
    {
        var (bucket, key) = Name(call);
        if (objects.Find(bucket, key) is { } stored)
        {
            return stored;
        }

        buckets.Check(bucket);
        throw S3Errors.NoSuchKey(key);
    }

    private static (string Bucket, string Key) Name(AwsCall call) =>
        ((string)call.Input["Bucket"]!, (string)call.Input["Key"]!);
}
