using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Plumbline.Aws.Protocols;

/// <summary>RFC 3986 as SigV4 requires it: every byte except A-Z a-z 0-9 - . _ ~ becomes %XX, in upper case.</summary>
public static partial class PercentEncoding
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    );

    private static readonly SearchValues<char> UnreservedOrSlash = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"
    );

    public static string Encode(string text, bool keepSlash = false) =>
        IsPlain(text, keepSlash) ? text : Encode(Encoding.UTF8.GetBytes(text), keepSlash);

    /// <summary>
    /// Decodes %XX and leaves everything else unchanged, even a plus. Bytes that are not UTF-8 become U+FFFD.
    /// </summary>
    public static string Decode(string text) =>
        text.Contains('%', StringComparison.Ordinal) ? Encoding.UTF8.GetString(DecodeBytes(text)) : text;

    /// <summary>True if all %XX together are valid UTF-8, so that <see cref="Decode"/> loses nothing.</summary>
    internal static bool IsUtf8(string text) =>
        !text.Contains('%', StringComparison.Ordinal) || Utf8.IsValid(DecodeBytes(text));

    internal static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash)
    {
        var encoded = new StringBuilder(bytes.Length + 16);
        foreach (var value in bytes)
        {
            var character = (char)value;
            if (value < 128 && (keepSlash ? UnreservedOrSlash : Unreserved).Contains(character))
            {
                encoded.Append(character);
            }
            else
            {
                encoded.Append('%').Append(Hex(value >> 4)).Append(Hex(value & 15));
            }
        }

        return encoded.ToString();
    }

    /// <summary>
    /// Decodes and encodes again, byte for byte, because clients spell the same text in several ways. An encoded slash
    /// stays encoded.
    /// </summary>
    internal static string Normalize(string text, bool keepSlash = false)
    {
        if (IsPlain(text, keepSlash))
        {
            return text;
        }

        var encodedSlash = keepSlash && text.Contains("%2F", StringComparison.OrdinalIgnoreCase);
        return encodedSlash
            ? string.Join("%2F", EncodedSlash().Split(text).Select(part => Encode(DecodeBytes(part), keepSlash)))
            : Encode(DecodeBytes(text), keepSlash);
    }

    internal static bool IsPlain(ReadOnlySpan<char> text, bool keepSlash) =>
        !text.ContainsAnyExcept(keepSlash ? UnreservedOrSlash : Unreserved);

    [GeneratedRegex("%2F", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedSlash();

    private static byte[] DecodeBytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (
                bytes[i] == '%'
                && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1])
                && char.IsAsciiHexDigit((char)bytes[i + 2])
            )
            {
                bytes[length++] = (byte)((Digit(bytes[i + 1]) << 4) | Digit(bytes[i + 2]));
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return bytes[..length];
    }

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static char Hex(int digit) => (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
}
