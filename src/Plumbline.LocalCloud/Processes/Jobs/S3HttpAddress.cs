using System.Text.RegularExpressions;
using Plumbline.Aws.Formats;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// The https addresses of an object in S3: with the bucket in the host
/// (<c>https://BUCKET.s3.REGION.amazonaws.com/KEY</c>) or in the path
/// (<c>https://s3.REGION.amazonaws.com/BUCKET/KEY</c>), with or without a region, after a dot or a hyphen; and those of
/// this local cloud, with the bucket in the path.
/// </summary>
internal static partial class S3HttpAddress
{
    /// <summary>Reads an S3 URI or an https address of S3; null if the text is neither.</summary>
    public static S3Uri? TryParseEither(string? text) => text is null ? null : S3Uri.TryParse(text) ?? TryParse(text);

    /// <summary>Reads an address; null if it is not one of S3's.</summary>
    public static S3Uri? TryParse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            return null;
        }

        var path = Uri.UnescapeDataString(uri.AbsolutePath).TrimStart('/');
        if (Host().Match(uri.Host) is { Success: true } match && match.Groups["bucket"] is { Success: true } bucket)
        {
            return new S3Uri(bucket.Value, path);
        }

        var isPathStyle = uri.IsLoopback || Host().IsMatch(uri.Host);
        return isPathStyle && path.Split('/', 2) is [{ Length: > 0 } first, var key] ? new S3Uri(first, key) : null;
    }

    [GeneratedRegex(@"^((?<bucket>.+)\.)?s3([.-](dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$")]
    private static partial Regex Host();
}
