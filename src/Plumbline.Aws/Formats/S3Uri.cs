namespace Plumbline.Aws.Formats;

/// <summary>An object or a prefix in S3, written as <c>s3://bucket/key</c>.</summary>
/// <param name="Bucket">The bucket's name; never empty.</param>
/// <param name="Key">The key of one object, or the prefix of several; may be empty.</param>
public sealed record S3Uri(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    /// <summary>True if a text begins as an S3 URI does, also if the rest is invalid.</summary>
    public static bool IsS3(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an S3 URI; null if the text is not one.</summary>
    public static S3Uri? TryParse(string? text)
    {
        if (text is null || !IsS3(text))
        {
            return null;
        }

        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        return bucket.Length == 0 ? null : new S3Uri(bucket, slash < 0 ? "" : rest[(slash + 1)..]);
    }

    /// <summary>Reads the S3 URI of one object; null if the text is not one, or has no key.</summary>
    public static S3Uri? TryParseObject(string? text) => TryParse(text) is { Key.Length: > 0 } uri ? uri : null;

    /// <summary>A key below this prefix, with one slash between them.</summary>
    public S3Uri Below(string name) =>
        this with
        {
            Key = Key.Length == 0 || Key.EndsWith('/') ? Key + name : $"{Key}/{name}",
        };

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}{Bucket}/{Key}";
}
