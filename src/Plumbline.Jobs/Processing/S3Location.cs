using Plumbline.Records;

namespace Plumbline.Jobs.Processing;

/// <summary>An object, or a prefix, in S3.</summary>
public sealed record S3Location(string Bucket, string Key)
{
    /// <summary>Reads <c>s3://bucket/key</c>.</summary>
    /// <exception cref="UserError">The text is not an S3 URI with a bucket and a key.</exception>
    public static S3Location Parse(string uri)
    {
        const string Scheme = "s3://";
        var slash = uri.IndexOf('/', Math.Min(Scheme.Length, uri.Length));
        return uri.StartsWith(Scheme, StringComparison.Ordinal) && slash > Scheme.Length && slash < uri.Length - 1
            ? new S3Location(uri[Scheme.Length..slash], uri[(slash + 1)..])
            : throw new UserError(uri, "is not an S3 URI: write s3://bucket/key");
    }

    /// <inheritdoc/>
    public override string ToString() => $"s3://{Bucket}/{Key}";
}
