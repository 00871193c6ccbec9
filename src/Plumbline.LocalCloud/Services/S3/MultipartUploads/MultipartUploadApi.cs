using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>The beginning and the two ends of a multipart upload.</summary>
internal sealed class MultipartUploadApi(
    MultipartUploadStore uploads,
    MultipartCompletion completion,
    BucketStore buckets
)
{
    public async Task<JsonObject> CreateMultipartUpload(AwsCall call)
    {
        ObjectProperties.Check(call);
        var (bucket, key) = ((string)call.Input["Bucket"]!, (string)call.Input["Key"]!);
        buckets.Check(bucket);
        var properties = ObjectProperties.Of(call.Input);
        AddChecksum(call.Input, properties);
        var upload = await uploads.AddAsync(bucket, key, properties);
        return new JsonObject
        {
            ["Bucket"] = bucket,
            ["Key"] = key,
            ["UploadId"] = upload.Id,
            ["ChecksumAlgorithm"] = upload.ChecksumAlgorithm,
            ["ChecksumType"] = upload.ChecksumType,
        };
    }

    public async Task<JsonObject> CompleteMultipartUpload(AwsCall call)
    {
        ObjectProperties.Check(call);
        var upload = Find(uploads, call);
        var stored = await completion.CompleteAsync(upload, call.Input);
        var output = new JsonObject
        {
            ["Location"] =
                $"http://{call.Header("Host") ?? "127.0.0.1"}/{upload.Bucket}/{new WrittenNames(true).Write(upload.Key)}",
            ["Bucket"] = upload.Bucket,
            ["Key"] = upload.Key,
            ["ETag"] = ObjectContent.Quoted(stored.ETag),
        };
        ChecksumAlgorithm.Copy(stored.Properties, output);
        return output;
    }

    public async Task<JsonObject> AbortMultipartUpload(AwsCall call)
    {
        ObjectProperties.Check(call);
        await uploads.AbortAsync(Find(uploads, call).Id);
        return [];
    }

    /// <summary>The upload that a call names.</summary>
    internal static MultipartUpload Find(MultipartUploadStore uploads, AwsCall call) =>
        uploads.Find((string)call.Input["Bucket"]!, (string)call.Input["Key"]!, (string)call.Input["UploadId"]!);

    private static void AddChecksum(JsonObject input, JsonObject properties)
    {
        var type = (string?)input["ChecksumType"];
        if ((string?)input["ChecksumAlgorithm"] is not { } algorithm)
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
        type ??= algorithm == "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE";
        if (type == "FULL_OBJECT" ? !isCrc : algorithm == "CRC64NVME")
        {
            throw S3Errors.InvalidRequest(
                $"The {type} checksum type cannot be used with the {algorithm.ToLowerInvariant()} checksum algorithm."
            );
        }

        properties["ChecksumAlgorithm"] = algorithm;
        properties["ChecksumType"] = type;
    }
}
