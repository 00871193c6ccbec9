using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.XGBoost.Csv;

/// <summary>Parses one CSV line into numbers.</summary>
internal static unsafe class LineParser
{
    private const int LongestShown = 32;

    /// <summary>
    /// Reads at most <paramref name="capacity"/> cells of one line into <paramref name="cells"/>, and only counts the
    /// others. Moves <paramref name="at"/> behind the line's end.
    /// </summary>
    /// <param name="bad">
    /// The first cell that is not a number, counted from 1, and its start; 0 if all are numbers.
    /// </param>
    /// <returns>The number of cells in the line.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Parse(ref byte* at, byte* end, float* cells, int capacity, out (int Cell, nint Start) bad)
    {
        bad = default;
        var count = 0;
        var next = at;
        while (true)
        {
            var start = next;
            var value = 0f;
            var after = end - start >= NumberText.QuickReach ? NumberText.TryReadQuickly(start, out value) : null;
            if (after == null)
            {
                after = NumberText.TryRead(start, end, out value);
            }
            if (after == null || (after < end && *after is not ((byte)',' or (byte)'\n')))
            {
                after = start;
                while (after < end && *after is not ((byte)',' or (byte)'\n'))
                {
                    after++;
                }
                var text = new ReadOnlySpan<byte>(start, (int)(after - start));
                if (!NumberText.TryParseSlowly(text, out value) && bad.Cell == 0)
                {
                    bad = (count + 1, (nint)start);
                }
            }
            if (count < capacity)
            {
                cells[count] = value;
            }
            count++;
            if (after >= end || *after == '\n')
            {
                at = after < end ? after + 1 : end;
                return count;
            }
            next = after + 1;
        }
    }

    /// <summary>Returns true if the line is blank, and moves <paramref name="at"/> behind its end.</summary>
    public static bool SkipBlank(ref byte* at, byte* end)
    {
        var next = at;
        while (next < end && *next is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            next++;
        }
        if (next < end && *next != '\n')
        {
            return false;
        }
        at = next < end ? next + 1 : end;
        return true;
    }

    /// <summary>Returns a cell's text for a message: printable and at most 32 characters.</summary>
    public static string Shown(byte* start, byte* end)
    {
        var length = 0;
        while (start + length < end && start[length] is not ((byte)',' or (byte)'\n') && length <= LongestShown)
        {
            length++;
        }
        var text = Encoding.UTF8.GetString(start, Math.Min(length, LongestShown)).Trim();
        var printable = string.Concat(text.Select(c => char.IsControl(c) || c == '\uFFFD' ? '?' : c));
        return length > LongestShown ? printable + "..." : printable;
    }
}
