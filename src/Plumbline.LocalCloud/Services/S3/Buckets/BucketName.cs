using System.Net;
using System.Text.RegularExpressions;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.S3.Buckets;

/// <summary>S3's rules for the names of buckets.</summary>
internal static partial class BucketName
{
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] ReservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <summary>Refuses a name that S3 does not allow.</summary>
    /// <exception cref="AwsException">400 InvalidBucketName.</exception>
    public static void Check(string name)
    {
        if (
            !Form().IsMatch(name)
            || name.Contains("..", StringComparison.Ordinal)
            || (name.Count(character => character == '.') == 3 && IPAddress.TryParse(name, out _))
            || Array.Exists(ReservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            || Array.Exists(ReservedSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal))
        )
        {
            throw new AwsException("InvalidBucketName", 400, "The specified bucket is not valid.")
            {
                Members = new() { ["BucketName"] = name },
            };
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex Form();
}
