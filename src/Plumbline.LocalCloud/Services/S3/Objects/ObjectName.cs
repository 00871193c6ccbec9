using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>The object that a call names.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key.</param>
/// <param name="Version">A version id; null for the latest version.</param>
internal sealed record ObjectName(string Bucket, string Key, string? Version)
{
    public static ObjectName Of(AwsCall call) =>
        new((string)call.Input["Bucket"]!, (string)call.Input["Key"]!, (string?)call.Input["VersionId"]);

    /// <exception cref="AwsException">
    /// 404 NoSuchBucket, NoSuchKey or NoSuchVersion, or 405 for a delete marker.
    /// </exception>
    public StoredObject Find(ObjectStore objects, BucketStore buckets, string method) =>
        TryFind(objects) is { IsDeleteMarker: false } stored ? stored : throw Missing(objects, buckets, method);

    /// <summary>Returns the object, or a delete marker if its version is named; null if it does not exist.</summary>
    public StoredObject? TryFind(ObjectStore objects) =>
        Version is null ? objects.Find(Bucket, Key) : objects.Find(Bucket, Key, Version);

    /// <summary>Returns the error that says why the object was not found.</summary>
    public AwsException Missing(ObjectStore objects, BucketStore buckets, string method)
    {
        buckets.Check(Bucket);
        return (Version, Version is null ? objects.Marker(Bucket, Key) : objects.Find(Bucket, Key, Version)) switch
        {
            (null, null) => S3Errors.NoSuchKey(Key),
            (null, var marker) => S3Errors.NoSuchKey(marker),
            (_, null) => S3Errors.NoSuchVersion(Key, Version),
            (_, var marker) => S3Errors.MethodNotAllowed(marker, method),
        };
    }
}
