using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>What x-amz-copy-source names.</summary>
internal sealed record CopySource(string Bucket, string Key)
{
    /// <summary>Reads <c>bucket/key</c> or <c>/bucket/key</c>, percent-encoded (a plus is a blank), with or without <c>?versionId=null</c>.</summary>
    public static CopySource Read(string header)
    {
        var parts = header.Split("?versionId=");
        if (parts.Length > 1 && parts[1] != "null")
        {
            throw S3Errors.InvalidArgument("Invalid version id specified", "x-amz-copy-source", parts[1]);
        }

        var path = PercentEncoding.Decode(parts[0].Replace('+', ' ')).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < path.Length - 1
            ? new CopySource(path[..slash], path[(slash + 1)..])
            : throw S3Errors.InvalidArgument(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                "x-amz-copy-source",
                header
            );
    }

    /// <summary>The object it names.</summary>
    /// <exception cref="Aws.Errors.AwsException">There is none.</exception>
    public StoredObject Find(ObjectStore objects, BucketStore buckets)
    {
        if (objects.Find(Bucket, Key) is { } stored)
        {
            return stored;
        }

        buckets.Check(Bucket);
        throw S3Errors.NoSuchKey(Key);
    }
}
