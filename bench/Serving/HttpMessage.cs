using System.Globalization;

namespace Plumbline.Bench.Serving;

/// <summary>The least that a program must know of HTTP/1.1 to find the end of a message.</summary>
internal static class HttpMessage
{
    /// <summary>
    /// Returns where the body starts and its length, which is 0 without Content-Length; null until the head is complete.
    /// </summary>
    public static (int Start, int Length)? Body(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var head = message[..(end + 2)];
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return (end + 4, 0);
        }

        var value = head[(at + "Content-Length: ".Length)..];
        return (end + 4, int.Parse(value[..value.IndexOf("\r\n"u8)], CultureInfo.InvariantCulture));
    }
}
