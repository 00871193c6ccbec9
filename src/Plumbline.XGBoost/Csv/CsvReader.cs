using System.Runtime.CompilerServices;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.XGBoost.Csv;

/// <summary>
/// Reads headerless CSV files of numbers. Empty cells and nan are missing values; blank lines are skipped. The first
/// invalid row throws an <see cref="InputException"/> that names file, line and column.
/// </summary>
public static unsafe class CsvReader
{
    private const int FirstBuffer = 256 * 1024;
    private const int LongestLine = 64 * 1024 * 1024;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Reads all files of a folder and its subfolders, ordered by name; dot files are skipped.</summary>
    /// <param name="folder">For example the folder of a channel.</param>
    /// <param name="place">The folder's name in messages, for example <c>channel train</c>.</param>
    public static CsvTable ReadFolder(string folder, CsvShape shape, string place, CancellationToken stop = default) =>
        ReadFiles(InputFiles.Of(folder, place), shape, place, stop);

    public static CsvTable ReadFile(
        string file,
        CsvShape shape,
        string? place = null,
        CancellationToken stop = default
    ) => ReadFiles([(file, place ?? Path.GetFileName(file))], shape, place ?? Path.GetFileName(file), stop);

    private static CsvTable ReadFiles(
        List<(string Path, string Place)> files,
        CsvShape shape,
        string place,
        CancellationToken stop
    )
    {
        var table = new CsvTable(shape);
        try
        {
            foreach (var (path, name) in files)
            {
                new FileRows(table, shape, name).Read(path, stop);
            }
            return table.Rows > 0 ? table : throw new InputException(place, "it has no rows");
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Reads one file into a table.</summary>
    private sealed class FileRows(CsvTable table, CsvShape shape, string place)
    {
        private float[] cells = new float[table.Columns == 0 ? 64 : table.Columns + shape.Leading];
        private long line;

        public void Read(string path, CancellationToken stop)
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var buffer = GC.AllocateUninitializedArray<byte>(FirstBuffer);
            long offset = 0;
            var kept = 0;
            int read;
            do
            {
                stop.ThrowIfCancellationRequested();
                if (kept == buffer.Length)
                {
                    if (kept >= LongestLine)
                    {
                        throw Bad($"the line is longer than {LongestLine} bytes", line + 1);
                    }
                    Array.Resize(ref buffer, kept * 2);
                }
                read = RandomAccess.Read(file, buffer.AsSpan(kept), offset);
                var text = buffer.AsSpan(0, kept + read);
                var start = offset == 0 && text.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
                offset += read;
                var whole = read == 0 ? text.Length : text.LastIndexOf((byte)'\n') + 1;
                Parse(text[Math.Min(start, whole)..whole]);
                text[whole..].CopyTo(buffer);
                kept = text.Length - whole;
            } while (read > 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Parse(ReadOnlySpan<byte> lines)
        {
            fixed (byte* first = lines)
            {
                var at = first;
                var end = first + lines.Length;
                while (at < end)
                {
                    line++;
                    if (*at <= ' ' && LineParser.SkipBlank(ref at, end))
                    {
                        continue;
                    }
                    var start = at;
                    int count;
                    (int Cell, nint Start) bad;
                    fixed (float* values = cells)
                    {
                        count = LineParser.Parse(ref at, end, values, cells.Length, out bad);
                    }
                    if (bad.Cell != 0)
                    {
                        throw BadCell(bad.Cell, LineParser.Shown((byte*)bad.Start, end));
                    }
                    if (count > cells.Length && table.Columns == 0)
                    {
                        cells = new float[count];
                        at = start;
                        line--;
                        continue;
                    }
                    AddRow(count);
                }
            }
        }

        private void AddRow(int count)
        {
            var leading = shape.Leading;
            var expected = table.Columns == 0 ? Math.Max(count, leading + 1) : table.Columns + leading;
            if (count != expected)
            {
                throw Bad($"{count} columns, expected {expected}", line);
            }
            if (shape.Label && (shape.CheckLabel?.Invoke(cells[0]) ?? MissingLabel()) is { } wrong)
            {
                throw Bad(wrong, line, 1);
            }
            if (shape.Weight && !(cells[leading - 1] >= 0))
            {
                throw Bad("the weight must be a number that is not negative", line, leading);
            }
            table.Add(cells.AsSpan(0, count));
        }

        private string? MissingLabel() => float.IsNaN(cells[0]) ? "the label is missing" : null;

        private InputException BadCell(int cell, string text)
        {
            var hint = line == 1 && table.Rows == 0 ? " (remove the header line, if this is one)" : "";
            return Bad($"\"{text}\" is not a number{hint}", line, cell);
        }

        private InputException Bad(string reason, long at, int column = 0) =>
            new(column == 0 ? $"{place}, line {at}" : $"{place}, line {at}, column {column}", reason);
    }
}
