namespace Plumbline.Aws.Arns;

/// <summary>
/// ARNs of S3 in partition aws, which have neither a region nor an account. Every request to S3 makes one, so they are
/// made and read without an <see cref="Arn"/>.
/// </summary>
public static class S3Arn
{
    private const string Prefix = "arn:aws:s3:::";

    public static string OfBucket(string bucket) => Prefix + bucket;

    public static string OfObject(string? bucket, string? key) => $"{Prefix}{bucket}/{key}";

    /// <summary>The bucket of an ARN of a bucket or an object; null for another ARN.</summary>
    public static string? BucketOf(string arn)
    {
        if (!arn.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var slash = arn.IndexOf('/', Prefix.Length);
        return slash < 0 ? arn[Prefix.Length..] : arn[Prefix.Length..slash];
    }
}
