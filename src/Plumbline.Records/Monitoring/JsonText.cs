using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Plumbline.Records.Monitoring;

/// <summary>Reads JSON strings in raw bytes, without a parser.</summary>
internal static class JsonText
{
    /// <summary>The bytes that writers put between the tokens of a line.</summary>
    public static ReadOnlySpan<byte> Blanks => " \t"u8;

    /// <summary>
    /// Removes a token, and blanks before it, from the front; does nothing if another token is there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(scoped ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> token)
    {
        if (!text.StartsWith(token))
            return TryTakeAfterBlanks(ref text, token);
        text = text[token.Length..];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryTakeAfterBlanks(scoped ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> token)
    {
        var rest = text;
        while (rest is [(byte)' ' or (byte)'\t', ..])
            rest = rest[1..];
        if (!rest.StartsWith(token))
            return false;
        text = rest[token.Length..];
        return true;
    }

    /// <param name="text">The text; afterwards, the rest behind the closing quote.</param>
    /// <param name="raw">The content between the quotes, still escaped.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryTakeString(scoped ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> raw)
    {
        raw = default;
        if (!TryTake(ref text, "\""u8))
            return false;
        var end = EndOfString(text);
        if (end < 0)
            return false;
        raw = text[..end];
        text = text[(end + 1)..];
        return true;
    }

    /// <summary>The index of the closing quote of a string whose opening quote is just before index 0, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int EndOfString(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (true)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return -1;
            at += next;
            if (text[at] == (byte)'"')
                return at;
            at += 2;
            if (at > text.Length)
                return -1;
        }
    }

    /// <summary>
    /// The string's content: the raw bytes themselves if they have no escapes, else in <paramref name="buffer"/>.
    /// </summary>
    /// <param name="raw">The content without its quotes.</param>
    /// <param name="buffer">Replaced by a longer one if it is too short.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw, ref byte[] buffer)
    {
        var escape = raw.IndexOf((byte)'\\');
        if (escape < 0)
            return raw;
        if (buffer.Length < raw.Length + 2)
            buffer = new byte[Math.Max(raw.Length + 2, buffer.Length * 2)];
        var rest = raw;
        var written = 0;
        while (escape >= 0)
        {
            rest[..escape].CopyTo(buffer.AsSpan(written));
            written += escape;
            var plain = escape + 1 < rest.Length ? Plain(rest[escape + 1]) : (byte)0;
            if (plain == 0)
                return UnescapeAny(raw, buffer);
            buffer[written++] = plain;
            rest = rest[(escape + 2)..];
            escape = rest.IndexOf((byte)'\\');
        }
        rest.CopyTo(buffer.AsSpan(written));
        return buffer.AsSpan(0, written + rest.Length);
    }

    private static byte Plain(byte escaped) =>
        escaped switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'/' => (byte)'/',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => 0,
        };

    /// <summary>Unescapes through System.Text.Json, for <c>\u</c> and rare escapes.</summary>
    private static ReadOnlySpan<byte> UnescapeAny(ReadOnlySpan<byte> raw, byte[] buffer)
    {
        var quoted = new byte[raw.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            return buffer.AsSpan(0, reader.CopyString(buffer));
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("half of a surrogate pair, or bytes that are not UTF-8", e);
        }
    }
}
