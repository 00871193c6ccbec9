using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>Reads the header x-amz-copy-source.</summary>
internal static class CopySource
{
    /// <summary>
    /// Reads <c>bucket/key</c> or <c>/bucket/key</c>, percent-encoded (a plus is a space), with or without
    /// <c>?versionId=</c>.
    /// </summary>
    public static ObjectName Read(string header)
    {
        var parts = header.Split("?versionId=");
        var version = parts.ElementAtOrDefault(1);
        if (version is not null && !VersionIds.IsWellFormed(version))
        {
            throw S3Errors.InvalidVersion("x-amz-copy-source", version);
        }

        var path = PercentEncoding.Decode(parts[0].Replace('+', ' ')).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < path.Length - 1
            ? new ObjectName(path[..slash], path[(slash + 1)..], version)
            : throw S3Errors.InvalidArgument(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                "x-amz-copy-source",
                header
            );
    }

    /// <exception cref="Aws.Errors.AwsException">The source does not exist, or is a delete marker.</exception>
    public static StoredObject Find(ObjectName source, ObjectStore objects, BucketStore buckets) =>
        source.TryFind(objects) switch
        {
            { IsDeleteMarker: true } => throw S3Errors.InvalidRequest(
                "The source of a copy request may not specifically refer to a delete marker by version id."
            ),
            { } stored => stored,
            null => throw source.Missing(objects, buckets, "GET"),
        };
}
