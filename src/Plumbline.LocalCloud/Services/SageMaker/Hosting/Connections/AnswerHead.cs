using System.Buffers.Text;
using System.Text;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;

/// <summary>The parts of an HTTP answer's head that the gateway uses.</summary>
internal readonly record struct AnswerHead(int Status)
{
    // Most servers answer with these types; sharing one string for each avoids an allocation per answer.
    private static readonly string[] KnownTypes =
    [
        "text/csv",
        "text/csv; charset=utf-8",
        "application/json",
        "application/json; charset=utf-8",
        "application/jsonlines",
        "text/plain",
    ];

    /// <summary>The Content-Length; null if the body ends with its last chunk or with the connection.</summary>
    public long? Length { get; private init; }

    /// <summary>True if the body is chunked.</summary>
    public bool IsChunked { get; private init; }

    /// <summary>True if the server keeps the connection open.</summary>
    public bool KeepsAlive { get; private init; }

    public string? ContentType { get; private init; }

    public string? CustomAttributes { get; private init; }

    /// <param name="text">The lines of the head, each with its line break.</param>
    /// <exception cref="InvalidDataException">The text is not the head of an HTTP/1.x answer.</exception>
    public static AnswerHead Read(ReadOnlySpan<byte> text)
    {
        var line = text[..text.IndexOf("\r\n"u8)];
        if (
            !line.StartsWith("HTTP/1."u8)
            || line.Length < 12
            || !Utf8Parser.TryParse(line[9..12], out int status, out var digits)
            || digits != 3
        )
        {
            throw new InvalidDataException("The model server's answer is not HTTP/1.x.");
        }

        var head = new AnswerHead(status) { KeepsAlive = line[7] == '1' };
        for (text = text[(line.Length + 2)..]; text.Length > 0; text = text[(line.Length + 2)..])
        {
            line = text[..text.IndexOf("\r\n"u8)];
            var colon = line.IndexOf((byte)':');
            if (colon > 0)
            {
                head = head.With(line[..colon], line[(colon + 1)..].Trim(" \t"u8));
            }
        }

        return head;
    }

    private AnswerHead With(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        name.Length switch
        {
            14 when Is(name, "Content-Length"u8) => Utf8Parser.TryParse(value, out long length, out var used)
            && used == value.Length
            && length >= 0
                ? this with
                {
                    Length = length,
                }
                : throw new InvalidDataException("The model server's Content-Length is not a number."),
            17 when Is(name, "Transfer-Encoding"u8) => this with { IsChunked = Is(value, "chunked"u8) },
            10 when Is(name, "Connection"u8) => this with
            {
                KeepsAlive = !Is(value, "close"u8) && (KeepsAlive || Is(value, "keep-alive"u8)),
            },
            12 when Is(name, "Content-Type"u8) => this with { ContentType = TypeOf(value) },
            34 when Is(name, "X-Amzn-SageMaker-Custom-Attributes"u8) => this with
            {
                CustomAttributes = Encoding.UTF8.GetString(value),
            },
            _ => this,
        };

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(text, known);

    private static string TypeOf(ReadOnlySpan<byte> value)
    {
        foreach (var known in KnownTypes)
        {
            if (Ascii.Equals(value, known))
            {
                return known;
            }
        }

        return Encoding.UTF8.GetString(value);
    }
}
