namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>An <c>s3://bucket/key</c>; the key may be a prefix, or empty.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key, or the prefix of several.</param>
public sealed record S3Location(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    /// <summary>Reads an S3 URI; null if the text is not one.</summary>
    public static S3Location? TryParse(string? uri)
    {
        if (uri is null || !uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = uri[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        return bucket.Length == 0 ? null : new S3Location(bucket, slash < 0 ? "" : rest[(slash + 1)..]);
    }

    /// <summary>Reads an S3 URI.</summary>
    /// <exception cref="JobFailure">The text is not an S3 URI.</exception>
    public static S3Location Parse(string? uri) =>
        TryParse(uri) ?? throw new JobFailure($"ClientError: \"{uri}\" is not an S3 URI: write s3://bucket/key.");

    /// <summary>A key below this prefix, whether or not it ends in a slash.</summary>
    public S3Location Below(string name) =>
        this with
        {
            Key = Key.Length == 0 || Key.EndsWith('/') ? Key + name : $"{Key}/{name}",
        };

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}{Bucket}/{Key}";
}
