using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Plumbline.Records.Examples;

/// <summary>Finds content that no program can decode: empty, truncated, or not of its type.</summary>
public static class ContentCheck
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Returns the problem, as the end of a sentence; null for usable content.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="type">One of <see cref="ContentTypes.OfBaseData"/>.</param>
    public static string? ProblemOf(ReadOnlySpan<byte> bytes, string type) =>
        bytes.IsEmpty ? "is empty (0 bytes)"
        : type == ContentTypes.Jpeg ? Jpeg.ProblemOf(bytes)
        : type == ContentTypes.Png ? Png.ProblemOf(bytes)
        : ProblemOfText(bytes);

    private static string? ProblemOfText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return string.IsNullOrWhiteSpace(Strict.GetString(bytes)) ? "has no text" : null;
        }
        catch (DecoderFallbackException)
        {
            return "is not a text in UTF-8";
        }
    }

    /// <summary>Walks the segments of a JPEG, without decoding its pixels.</summary>
    private static class Jpeg
    {
        private const string Truncated = "is a damaged image: the file ends before the image does";

        public static string? ProblemOf(ReadOnlySpan<byte> bytes)
        {
            if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
                return "is not a JPEG image";
            var (at, hasFrame, hasScan, inScan) = (2, false, false, false);
            while (true)
            {
                // Between two segments there may be fill bytes, and in a scan the pixels.
                var next = bytes[at..].IndexOf((byte)0xFF);
                if (next < 0 || at + next + 1 >= bytes.Length)
                    return Truncated;
                if (next > 0 && !inScan)
                    return "is a damaged image: its segments do not follow each other";
                var marker = bytes[at + next + 1];
                at += next + (marker == 0xFF ? 1 : 2);
                if (marker == 0xD9)
                    return hasFrame && hasScan ? null : "is a damaged image: it has no pixels";
                // A stuffed 0xFF of the pixels, a fill byte, or a restart of the scan.
                if (marker is 0x00 or 0x01 or 0xFF or (>= 0xD0 and <= 0xD7))
                    continue;
                if (at + 2 > bytes.Length)
                    return Truncated;
                var length = (bytes[at] << 8) | bytes[at + 1];
                if (length < 2 || at + length > bytes.Length)
                    return Truncated;
                hasFrame |= marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
                inScan = marker == 0xDA;
                hasScan |= inScan;
                at += length;
            }
        }
    }

    /// <summary>Walks the chunks of a PNG, and checks their CRC.</summary>
    private static class Png
    {
        private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

        public static string? ProblemOf(ReadOnlySpan<byte> bytes)
        {
            if (!bytes.StartsWith(Signature))
                return "is not a PNG image";
            var rest = bytes[Signature.Length..];
            var hasPixels = false;
            while (true)
            {
                if (rest.Length < 12)
                    return "is a damaged image: the file ends before the image does";
                var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
                if (length > (uint)(rest.Length - 12))
                    return "is a damaged image: the file ends before the image does";
                var chunk = rest.Slice(4, 4 + (int)length);
                var crc = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]);
                if (Crc32.HashToUInt32(chunk) != crc)
                    return "is a damaged image: a checksum in it is wrong";
                if (chunk.StartsWith("IEND"u8))
                    return hasPixels ? null : "is a damaged image: it has no pixels";
                hasPixels |= chunk.StartsWith("IDAT"u8);
                rest = rest[(12 + (int)length)..];
            }
        }
    }
}
