using System.Buffers;
using System.Runtime.CompilerServices;

namespace Plumbline.Records.Monitoring;

/// <summary>Takes one line of a file, without its line break, valid during the call.</summary>
public delegate void LineHandler(ReadOnlySpan<byte> line);

/// <summary>Takes one line of a file, without its line break, valid during the call.</summary>
/// <param name="line">The line.</param>
/// <param name="offset">The offset of its first byte from the stream's start.</param>
/// <param name="number">Its number, from 1; empty lines count.</param>
public delegate void PlacedLineHandler(ReadOnlySpan<byte> line, long offset, long number);

/// <summary>Receives the number of a line that is too long to read.</summary>
public delegate void LongLineHandler(long number);

/// <summary>Reads the lines of a stream as UTF-8 bytes, in one buffer.</summary>
public static class LineReader
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Enough for both bodies of a request, 6 MiB each, with every byte escaped.</summary>
    private const int LongestLine = 96 * 1024 * 1024;

    /// <summary>The error for a line that is too long.</summary>
    public const string TooLong = "is longer than 96 MiB";

    /// <summary>
    /// Passes each non-empty line to <paramref name="handle"/>; the last line may lack its line break.
    /// </summary>
    /// <param name="handle">Receives the lines.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <param name="tooLong">Receives skipped long lines; null if another reader of the file reports them.</param>
    public static Task ReadAsync(
        Stream stream,
        LineHandler handle,
        CancellationToken ct,
        LongLineHandler? tooLong = null
    ) => ReadAsync(stream, (line, _, _) => handle(line), ct, tooLong);

    /// <inheritdoc cref="ReadAsync(Stream, LineHandler, CancellationToken, LongLineHandler)"/>
    public static async Task ReadAsync(
        Stream stream,
        PlacedLineHandler handle,
        CancellationToken ct,
        LongLineHandler? tooLong = null
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var filled = 0;
            var (offset, number) = (0L, 1L);
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(filled), ct);
                if (read == 0)
                    break;
                var rest = Lines(buffer.AsSpan(0, filled + read), filled, offset, ref number, handle);
                offset += filled + read - rest.Length;
                filled = rest.Length;
                rest.CopyTo(buffer);
                if (filled < buffer.Length)
                    continue;
                if (buffer.Length < LongestLine)
                {
                    buffer = Grow(buffer);
                    continue;
                }
                tooLong?.Invoke(number++);
                offset += filled;
                (filled, var skipped) = await SkipLineAsync(stream, buffer, ct);
                offset += skipped;
                rest = Lines(buffer.AsSpan(0, filled), 0, offset, ref number, handle);
                offset += filled - rest.Length;
                filled = rest.Length;
                rest.CopyTo(buffer);
            }
            if (filled > 0)
                handle(Trim(buffer.AsSpan(0, filled)), offset, number);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Skips the rest of a line.</summary>
    /// <returns>The number of buffered bytes behind the line, and the number of skipped bytes.</returns>
    private static async Task<(int Filled, long Skipped)> SkipLineAsync(
        Stream stream,
        byte[] buffer,
        CancellationToken ct
    )
    {
        var skipped = 0L;
        while (await stream.ReadAsync(buffer, ct) is > 0 and var read)
        {
            var end = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            if (end >= 0)
            {
                buffer.AsSpan((end + 1)..read).CopyTo(buffer);
                return (read - end - 1, skipped + end + 1);
            }
            skipped += read;
        }
        return (0, skipped);
    }

    /// <summary>Passes on all complete lines and returns the bytes behind them.</summary>
    /// <param name="bytes">The bytes from the start of a line.</param>
    /// <param name="known">The number of bytes at the start that hold no line break.</param>
    /// <param name="offset">The offset of the bytes in the stream.</param>
    /// <param name="number">The number of the first line; afterwards, of the next line.</param>
    /// <param name="handle">Receives the lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Span<byte> Lines(Span<byte> bytes, int known, long offset, ref long number, PlacedLineHandler handle)
    {
        var end = bytes[known..].IndexOf((byte)'\n');
        if (end < 0)
            return bytes;
        end += known;
        while (true)
        {
            var line = Trim(bytes[..end]);
            if (!line.IsEmpty)
                handle(line, offset, number);
            number++;
            offset += end + 1;
            bytes = bytes[(end + 1)..];
            end = bytes.IndexOf((byte)'\n');
            if (end < 0)
                return bytes;
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line) =>
        line is [.. var start, (byte)'\r'] ? start : line;

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
