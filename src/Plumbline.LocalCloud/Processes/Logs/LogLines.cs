using System.Text;

namespace Plumbline.LocalCloud.Processes.Logs;

/// <summary>Reads the lines of a growing file, in batches for PutLogEvents.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">The bytes at its start that were already sent.</param>
internal sealed class LogLines(string file, long offset)
{
    // AWS's limits: 1 MiB and 10,000 events a batch, 256 KiB an event; each event counts 26 bytes more.
    private const int LargestBatch = 900 * 1024;
    private const int MostLines = 10_000;
    private const int LongestLine = 200 * 1024;
    private const int PerEvent = 26;

    private long at = offset;

    /// <summary>Lines, and the position in the file where they end.</summary>
    public sealed record Batch(IReadOnlyList<string> Lines, long End);

    /// <summary>Returns the next whole lines, or null if the file has no more yet.</summary>
    /// <param name="final">True if the file is complete: then a last line without a line break counts too.</param>
    public Batch? Next(bool final)
    {
        var bytes = Read();
        var lines = new List<string>();
        int from = 0,
            size = 0;
        while (from < bytes.Length && lines.Count < MostLines && size < LargestBatch)
        {
            var rest = bytes.AsSpan(from);
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end;
            if (length > LongestLine)
            {
                (length, end) = (WholeCharacters(rest, LongestLine), -1);
            }
            else if (end < 0 && !final)
            {
                break;
            }

            var line = Encoding.UTF8.GetString(rest[..length]).TrimEnd('\r');
            if (line.Length > 0)
            {
                lines.Add(line);
            }

            from += end < 0 ? length : end + 1;
            size += length + PerEvent;
        }

        return from == 0 ? null : new Batch(lines, at + from);
    }

    /// <summary>Moves on to the lines after a batch.</summary>
    public void Sent(Batch batch) => at = batch.End;

    /// <summary>Returns the largest length, up to a limit, that does not cut a character in two.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes, int limit)
    {
        var length = limit;
        while (length > limit - 4 && (bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return length;
    }

    private byte[] Read()
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = (int)Math.Min(Math.Max(0, stream.Length - at), LargestBatch);
        if (length == 0)
        {
            return [];
        }

        stream.Seek(at, SeekOrigin.Begin);
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
