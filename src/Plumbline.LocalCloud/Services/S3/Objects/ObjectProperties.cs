using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>What a request says about an object besides its bytes: what is kept, and what is refused.</summary>
internal static class ObjectProperties
{
    private const int LargestKey = 1024;
    private const int LargestMetadata = 2048;

    private static readonly string[] Kept =
    [
        "CacheControl",
        "ContentDisposition",
        "ContentEncoding",
        "ContentLanguage",
        "ContentType",
        "Expires",
        "Metadata",
        "StorageClass",
        "ServerSideEncryption",
    ];

    /// <summary>Members that ask for something that the local cloud does not have; to ignore them would be to pretend.</summary>
    private static readonly string[] Refused =
    [
        "SSECustomerAlgorithm",
        "SSECustomerKey",
        "CopySourceSSECustomerAlgorithm",
        "SSEKMSKeyId",
        "SSEKMSEncryptionContext",
        "Tagging",
        "ObjectLockMode",
        "ObjectLockRetainUntilDate",
        "ObjectLockLegalHoldStatus",
        "ObjectLockEnabledForBucket",
        "WebsiteRedirectLocation",
        "WriteOffsetBytes",
        "MFA",
    ];

    /// <summary>What is kept with the object of a PutObject, CopyObject or CreateMultipartUpload.</summary>
    /// <exception cref="AwsException">The request asks for more than there is.</exception>
    public static JsonObject Of(JsonObject input)
    {
        var properties = new JsonObject();
        foreach (var name in Kept)
        {
            if (input[name] is { } value)
            {
                properties[name] = value.DeepClone();
            }
        }

        LowerCaseNames(properties);
        properties["ContentType"] ??= "binary/octet-stream";
        DropTransferEncoding(properties);
        var metadata = properties["Metadata"]?.AsObject();
        if (metadata?.Sum(entry => entry.Key.Length + ((string)entry.Value!).Length) > LargestMetadata)
        {
            throw new AwsException(
                "MetadataTooLarge",
                400,
                "Your metadata headers exceed the maximum allowed metadata size"
            );
        }

        return properties;
    }

    /// <summary>Refuses what the local cloud cannot do, in any operation on buckets and objects.</summary>
    public static void Check(AwsCall call)
    {
        var input = call.Input;
        if (Array.Find(Refused, input.ContainsKey) is { } refused)
        {
            throw S3Errors.NotImplemented(call.Operation.Input!.Members[refused].LocationName ?? refused);
        }

        if ((string?)input["ServerSideEncryption"] is not (null or "AES256"))
        {
            throw S3Errors.NotImplemented("x-amz-server-side-encryption");
        }

        if ((string?)input["ACL"] is not (null or "private" or "bucket-owner-full-control"))
        {
            throw new AwsException("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
        }

        if ((string?)input["VersionId"] is not (null or "null"))
        {
            throw S3Errors.InvalidArgument("Invalid version id specified", "versionId", (string?)input["VersionId"]);
        }

        if ((string?)input["ExpectedBucketOwner"] is not (null or LocalCloudIdentity.Account))
        {
            throw new AwsException("AccessDenied", 403, "Access Denied");
        }

        if (
            (string?)input["Key"] is { } key
            && System.Text.Encoding.UTF8.GetByteCount(key) is > LargestKey and var size
        )
        {
            throw new AwsException("KeyTooLongError", 400, "Your key is too long")
            {
                Members = new JsonObject { ["Size"] = $"{size}", ["MaxSizeAllowed"] = $"{LargestKey}" },
            };
        }
    }

    /// <summary>Metadata names are headers' names: S3 gives them back in lower case.</summary>
    private static void LowerCaseNames(JsonObject properties)
    {
        if (properties["Metadata"] is JsonObject metadata)
        {
            properties["Metadata"] = new JsonObject(
                metadata
                    .GroupBy(entry => entry.Key.ToLowerInvariant())
                    .Select(same =>
                        KeyValuePair.Create(
                            same.Key,
                            (JsonNode?)string.Join(',', same.Select(entry => (string)entry.Value!))
                        )
                    )
            );
        }
    }

    /// <summary>aws-chunked is how the bytes came, not what they are.</summary>
    private static void DropTransferEncoding(JsonObject properties)
    {
        if ((string?)properties["ContentEncoding"] is { } encoding)
        {
            var rest = string.Join(
                ',',
                encoding
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Where(token => token != "aws-chunked")
            );
            properties["ContentEncoding"] = rest;
            if (rest.Length == 0)
            {
                properties.Remove("ContentEncoding");
            }
        }
    }
}
