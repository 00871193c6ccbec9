using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>Buckets with versioning, and their versions.</summary>
internal static class VersionCalls
{
    internal static async Task<S3Bucket> VersionedAsync(RunningCloud cloud)
    {
        var bucket = await S3Bucket.CreateAsync(cloud);
        await SetAsync(bucket, VersionStatus.Enabled);
        return bucket;
    }

    internal static Task SetAsync(S3Bucket bucket, VersionStatus status) =>
        bucket.Client.PutBucketVersioningAsync(
            new PutBucketVersioningRequest
            {
                BucketName = bucket.Name,
                VersioningConfig = new S3BucketVersioningConfig { Status = status },
            }
        );

    /// <summary>
    /// All versions and markers in the order of the list; the SDK puts markers last among equal keys.
    /// </summary>
    internal static async Task<List<(string Key, string Version, bool IsLatest, bool IsMarker)>> ListAsync(
        S3Bucket bucket,
        string prefix = ""
    )
    {
        var answer = await bucket.Client.ListVersionsAsync(bucket.Name, prefix);
        return
        [
            .. (answer.Versions ?? [])
                .OrderBy(version => version.Key, StringComparer.Ordinal)
                .ThenBy(version => version.IsLatest != true)
                .Select(version =>
                    (version.Key, version.VersionId, version.IsLatest == true, version.IsDeleteMarker == true)
                ),
        ];
    }

    internal static async Task<string> TextAsync(S3Bucket bucket, string key, string version) =>
        System.Text.Encoding.UTF8.GetString(await bucket.GetAsync(key, request => request.VersionId = version));

    internal static Task<DeleteObjectResponse> DeleteAsync(S3Bucket bucket, string key, string version) =>
        bucket.Client.DeleteObjectAsync(bucket.Name, key, version);
}
