using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Aws.Signing;

/// <summary>Keys derived from secret, day, region and service by four HMACs, and cached.</summary>
internal static class SigningKeys
{
    private const int Kept = 1024;

    private static readonly ConcurrentDictionary<(string Secret, string Scope), byte[]> Derived = new();

    /// <param name="secret">The secret access key.</param>
    /// <param name="scope"><c>yyyymmdd/region/service/aws4_request</c>.</param>
    public static byte[] For(string secret, string scope)
    {
        if (Derived.TryGetValue((secret, scope), out var key))
        {
            return key;
        }

        if (Derived.Count >= Kept)
        {
            Derived.Clear(); // keys of earlier days are not needed any more
        }

        return Derived.GetOrAdd((secret, scope), static parts => Derive(parts.Secret, parts.Scope));
    }

    private static byte[] Derive(string secret, string scope) =>
        scope
            .Split('/')
            .Aggregate(
                Encoding.UTF8.GetBytes("AWS4" + secret),
                static (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part))
            );
}
