using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>How an object says that it is encrypted. Nothing is: there is no key service, and the files are as safe as their disk.</summary>
internal static class ObjectEncryption
{
    private const string Method = "ServerSideEncryption";
    private const string Key = "SSEKMSKeyId";
    private const string BucketKey = "BucketKeyEnabled";

    /// <summary>What a client may ask for.</summary>
    public static IReadOnlyList<string> Members { get; } = [Method, Key, "SSEKMSEncryptionContext", BucketKey];

    /// <summary>Refuses an encryption that S3 has elsewhere only, and a key that is not used.</summary>
    /// <exception cref="Aws.Errors.AwsException">400 InvalidArgument.</exception>
    public static void Check(JsonObject input)
    {
        const string header = "x-amz-server-side-encryption";
        var method = (string?)input[Method];
        if (method is "aws:fsx")
        {
            throw S3Errors.InvalidArgument("The encryption method specified is not supported", header, method);
        }

        if (input.ContainsKey(Key) && method is null or "AES256")
        {
            throw S3Errors.InvalidArgument(
                "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                header,
                method
            );
        }
    }

    /// <summary>What is kept of a request: the account's own key where it names none.</summary>
    public static void Keep(JsonObject input, JsonObject properties)
    {
        foreach (var name in Members)
        {
            if (input[name] is { } value && !(name == BucketKey && !value.GetValue<bool>()))
            {
                properties[name] = value.DeepClone();
            }
        }

        if (properties[Method] is not null && (string?)properties[Method] != "AES256")
        {
            properties[Key] ??= $"arn:aws:kms:{LocalCloudIdentity.Region}:{LocalCloudIdentity.Account}:alias/aws/s3";
        }
    }

    /// <summary>Adds to an answer how the object is encrypted: by S3's own keys where nobody asked for others.</summary>
    public static void AddTo(JsonObject output, JsonObject properties)
    {
        foreach (var name in Members)
        {
            if (properties[name] is { } value)
            {
                output[name] = value.DeepClone();
            }
        }

        output[Method] ??= "AES256";
    }
}
