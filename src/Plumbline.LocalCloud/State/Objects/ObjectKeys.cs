using System.Text;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>Object keys as UTF-8 bytes, by which S3 orders them.</summary>
internal static class ObjectKeys
{
    /// <summary>Greater than every key: UTF-8 text never has this byte.</summary>
    public static readonly byte[] End = [0xFF];

    public static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);

    public static string Text(byte[] key) => Encoding.UTF8.GetString(key);

    /// <summary>The least key that is greater than <paramref name="key"/>.</summary>
    public static byte[] After(byte[] key) => [.. key, 0];

    /// <summary>The least key that is greater than all that begin with <paramref name="prefix"/>.</summary>
    public static byte[] AfterPrefix(byte[] prefix) =>
        prefix.Length == 0 ? End : [.. prefix[..^1], (byte)(prefix[^1] + 1)];
}
