namespace Plumbline.Aws.Client;

/// <summary>Reads whole objects that are not text.</summary>
public static class WholeObjects
{
    /// <summary>The bytes of an object; null if it is missing.</summary>
    public static async Task<byte[]?> FindBytesAsync(
        this BucketClient bucket,
        string key,
        CancellationToken cancellationToken = default
    )
    {
        using var bytes = new MemoryStream();
        return await bucket.TryReadAsync(key, all => all.CopyToAsync(bytes, cancellationToken), cancellationToken)
            ? bytes.ToArray()
            : null;
    }
}
