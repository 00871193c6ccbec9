using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>
/// An object's properties besides its bytes: those of a request that are kept, and those that are refused.
/// </summary>
internal static class ObjectProperties
{
    private const int LargestKey = 1024;
    private const int LargestMetadata = 2048;

    /// <summary>
    /// Members that describe the content: a copy takes them from its source unless they are replaced.
    /// </summary>
    private static readonly string[] Descriptions =
    [
        "CacheControl",
        "ContentDisposition",
        "ContentEncoding",
        "ContentLanguage",
        "ContentType",
        "Expires",
        "Metadata",
    ];

    private static readonly string[] StorageClasses =
    [
        "STANDARD",
        "REDUCED_REDUNDANCY",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "GLACIER",
        "DEEP_ARCHIVE",
        "GLACIER_IR",
    ];

    /// <summary>
    /// Members that ask for something that the local cloud does not have; ignoring them would mislead.
    /// </summary>
    private static readonly string[] Refused =
    [
        "SSECustomerAlgorithm",
        "SSECustomerKey",
        "CopySourceSSECustomerAlgorithm",
        "ObjectLockMode",
        "ObjectLockRetainUntilDate",
        "ObjectLockLegalHoldStatus",
        "ObjectLockEnabledForBucket",
        "WebsiteRedirectLocation",
        "WriteOffsetBytes",
        "MFA",
    ];

    /// <summary>Returns the properties to keep, for PutObject, CopyObject or CreateMultipartUpload.</summary>
    /// <exception cref="AwsException">The request asks for something that is not supported here.</exception>
    public static JsonObject Of(JsonObject input)
    {
        var properties = new JsonObject();
        CopyDescription(input, properties);
        KeepChoices(input, properties);
        if ((string?)input["Tagging"] is { } tags)
        {
            TagSet.Keep(properties, TagSet.OfHeader(tags));
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

    /// <summary>
    /// Returns the properties of a copy: its source's description, but the request's storage class and encryption.
    /// </summary>
    public static JsonObject OfCopy(JsonObject input, JsonObject source)
    {
        var properties = new JsonObject();
        CopyDescription(source, properties);
        KeepChoices(input, properties);
        return properties;
    }

    /// <summary>Copies the members that describe an object's content.</summary>
    public static void CopyDescription(JsonObject from, JsonObject to)
    {
        foreach (var name in Descriptions)
        {
            if (from[name] is { } value)
            {
                to[name] = value.DeepClone();
            }
        }
    }

    /// <summary>True if a request chooses a storage class or an encryption.</summary>
    public static bool Chooses(JsonObject input) =>
        input.ContainsKey("StorageClass") || ObjectEncryption.Members.Any(input.ContainsKey);

    /// <summary>Refuses what the local cloud does not support, in any operation on buckets and objects.</summary>
    public static void Check(AwsCall call)
    {
        var input = call.Input;
        if (Array.Find(Refused, input.ContainsKey) is { } refused)
        {
            throw S3Errors.NotImplemented(call.Operation.Input!.Members[refused].LocationName ?? refused);
        }

        ObjectEncryption.Check(input);
        if ((string?)input["StorageClass"] is { } storageClass && !StorageClasses.Contains(storageClass))
        {
            throw new AwsException("InvalidStorageClass", 400, "The storage class you specified is not valid")
            {
                Members = new JsonObject { ["StorageClassRequested"] = storageClass },
            };
        }

        if ((string?)input["ACL"] is not (null or "private" or "bucket-owner-full-control"))
        {
            throw new AwsException("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
        }

        if ((string?)input["VersionId"] is { } version && !VersionIds.IsWellFormed(version))
        {
            throw S3Errors.InvalidVersion("versionId", version);
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

    private static void KeepChoices(JsonObject input, JsonObject properties)
    {
        if (input["StorageClass"] is { } storageClass)
        {
            properties["StorageClass"] = storageClass.DeepClone();
        }

        ObjectEncryption.Keep(input, properties);
    }

    /// <summary>Metadata names are header names: S3 returns them in lower case.</summary>
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

    /// <summary>aws-chunked describes the transfer, not the content.</summary>
    private static void DropTransferEncoding(JsonObject properties)
    {
        if ((string?)properties["ContentEncoding"] is { } encoding)
        {
            var rest = string.Join(',', encoding.Split(',').Where(token => token.Trim() != "aws-chunked"))
                .Trim(' ', ',');
            properties["ContentEncoding"] = rest;
            if (rest.Length == 0)
            {
                properties.Remove("ContentEncoding");
            }
        }
    }
}
