using Amazon.S3.Model;

namespace Plumbline.Aws.Client;

/// <summary>A version of an object.</summary>
/// <param name="Modified">The time at which it was written, in the cloud's time.</param>
/// <param name="ETag">Changes with the content.</param>
/// <param name="Metadata">The metadata that its writer gave, by names without <c>x-amz-meta-</c>.</param>
public sealed record ObjectVersion(DateTimeOffset Modified, string ETag, IReadOnlyDictionary<string, string> Metadata)
{
    private const string Prefix = "x-amz-meta-";

    internal static ObjectVersion Of(GetObjectMetadataResponse answer) =>
        new(
            new DateTimeOffset(answer.LastModified!.Value.ToUniversalTime()),
            answer.ETag,
            answer.Metadata.Keys.ToDictionary(
                key => key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? key[Prefix.Length..] : key,
                key => answer.Metadata[key],
                StringComparer.OrdinalIgnoreCase
            )
        );
}
