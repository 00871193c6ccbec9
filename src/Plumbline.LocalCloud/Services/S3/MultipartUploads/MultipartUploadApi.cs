using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>Creates, completes and aborts multipart uploads.</summary>
internal sealed class MultipartUploadApi(
    MultipartUploadStore uploads,
    MultipartCompletion completion,
    ObjectStore objects,
    BucketStore buckets
)
{
    public async Task<JsonObject> CreateMultipartUpload(AwsCall call)
    {
        ObjectProperties.Check(call);
        var request = new CreateMultipartUploadRequest(call.Input);
        var (bucket, key) = (request.Bucket, request.Key);
        buckets.Check(bucket);
        var properties = ObjectProperties.Of(call.Input);
        AddChecksum(request, properties);
        var upload = await uploads.AddAsync(bucket, key, objects.Find(bucket, key) is not null, properties);
        var output = new JsonObject
        {
            ["Bucket"] = bucket,
            ["Key"] = key,
            ["UploadId"] = upload.Id,
            ["ChecksumAlgorithm"] = upload.ChecksumAlgorithm,
            ["ChecksumType"] = upload.ChecksumType,
        };
        ObjectEncryption.AddTo(output, properties);
        return output;
    }

    public async Task<JsonObject> CompleteMultipartUpload(AwsCall call)
    {
        ObjectProperties.Check(call);
        var stored = await CompleteAsync(call);
        var output = new JsonObject
        {
            ["Location"] =
                $"http://{call.Header("Host") ?? "127.0.0.1"}/{stored.Bucket}/{new WrittenNames(true).Write(stored.Key)}",
            ["Bucket"] = stored.Bucket,
            ["Key"] = stored.Key,
            ["ETag"] = ObjectContent.Quoted(stored.ETag),
            ["VersionId"] = stored.GivenVersion,
        };
        ChecksumAlgorithm.Copy(stored.Properties, output);
        ObjectEncryption.AddTo(output, stored.Properties);
        return output;
    }

    public async Task<JsonObject> AbortMultipartUpload(AwsCall call)
    {
        ObjectProperties.Check(call);
        await uploads.AbortAsync(Find(uploads, call).Id);
        return [];
    }

    /// <summary>Returns the upload that a call names.</summary>
    internal static MultipartUpload Find(MultipartUploadStore uploads, AwsCall call) =>
        uploads.Find((string)call.Input["Bucket"]!, (string)call.Input["Key"]!, (string)call.Input["UploadId"]!);

    private async Task<StoredObject> CompleteAsync(AwsCall call)
    {
        var request = new CompleteMultipartUploadRequest(call.Input);
        try
        {
            return await completion.CompleteAsync(Find(uploads, call), request);
        }
        catch (AwsException error)
            when (error.Code == S3Errors.NoSuchUploadCode && completion.Completed(request) is { } before)
        {
            return before;
        }
    }

    private static void AddChecksum(CreateMultipartUploadRequest request, JsonObject properties)
    {
        var type = request.ChecksumType;
        if (request.Tree.Text("ChecksumAlgorithm") is not { } algorithm)
        {
            if (type is not null)
            {
                throw S3Errors.InvalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
                );
            }

            return;
        }

        if (!ChecksumAlgorithm.Known.Contains(algorithm))
        {
            throw S3Errors.NotImplemented("x-amz-checksum-algorithm");
        }

        var isCrc = algorithm.StartsWith("CRC", StringComparison.Ordinal);
        type ??= algorithm == "CRC64NVME" ? ChecksumType.FullObject : ChecksumType.Composite;
        if (type == ChecksumType.FullObject ? !isCrc : algorithm == "CRC64NVME")
        {
            throw S3Errors.InvalidRequest(
                $"The {type} checksum type cannot be used with the {algorithm.ToLowerInvariant()} checksum algorithm."
            );
        }

        properties["ChecksumAlgorithm"] = algorithm;
        properties["ChecksumType"] = type;
    }
}
