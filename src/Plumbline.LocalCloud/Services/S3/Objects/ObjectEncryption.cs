using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>
/// The encryption that an object claims. Nothing is encrypted here: the local cloud has no key service, and the files
/// are as safe as their disk.
/// </summary>
internal static class ObjectEncryption
{
    private const string Method = "ServerSideEncryption";
    private const string Key = "SSEKMSKeyId";
    private const string BucketKey = "BucketKeyEnabled";

    /// <summary>The members by which a client asks for encryption.</summary>
    public static IReadOnlyList<string> Members { get; } = [Method, Key, "SSEKMSEncryptionContext", BucketKey];

    /// <summary>Refuses an encryption that only other services of AWS have, and a key that would not be used.</summary>
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

    /// <summary>Keeps the encryption of a request; the account's own key if it names none.</summary>
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
            properties[Key] ??= LocalArn.Of("kms", "alias/aws/s3");
        }
    }

    /// <summary>Adds an object's encryption to an answer; by default, that with S3's own keys.</summary>
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
