using System.Text;

namespace Plumbline.Tables;

/// <summary>Turns the cells of one column into features. A missing value is NaN in each of them.</summary>
internal sealed class ColumnEncoder
{
    /// <summary>Words are counted in so many buckets by their hash.</summary>
    private const int Buckets = 128;
    private const int LongestCategory = 256;

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] TimeParts = ["day number", "month", "day of month", "weekday", "hour"];

    private readonly Column column;
    private readonly byte[][] missing;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> codes;

    public ColumnEncoder(Column column, IReadOnlyList<string> missing, IReadOnlyList<string> categories)
    {
        this.column = column;
        this.missing = [.. missing.Where(text => text.Length > 0).Select(Encoding.UTF8.GetBytes)];
        Categories = categories;
        codes = categories
            .Select((name, code) => (name, code))
            .ToDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The names of a category column by their code.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The number of features.</summary>
    public int Width =>
        column.Kind switch
        {
            ColumnKind.Time => TimeParts.Length,
            ColumnKind.Text => Buckets + 2,
            _ => 1,
        };

    public IEnumerable<string> Names =>
        column.Kind switch
        {
            ColumnKind.Time => TimeParts.Select(part => $"{column.Name} {part}"),
            ColumnKind.Text =>
            [
                $"{column.Name} length",
                $"{column.Name} words",
                .. Enumerable.Range(0, Buckets).Select(bucket => $"{column.Name} word {bucket}"),
            ],
            _ => [column.Name],
        };

    public bool IsMissing(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim((byte)' ');
        if (cell.IsEmpty)
        {
            return true;
        }
        foreach (var text in missing)
        {
            if (cell.SequenceEqual(text))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Writes the features of a cell.</summary>
    /// <param name="into">Room for <see cref="Width"/> values.</param>
    /// <returns>False if the cell is not a value of the column's kind.</returns>
    public bool TryEncode(ReadOnlySpan<byte> cell, Span<float> into)
    {
        if (IsMissing(cell))
        {
            into.Fill(float.NaN);
            return true;
        }
        switch (column.Kind)
        {
            case ColumnKind.Number:
                return CellText.TryNumber(cell, out into[0]);
            case ColumnKind.Boolean:
                var valid = CellText.TryBoolean(cell, out var value);
                into[0] = value ? 1 : 0;
                return valid;
            case ColumnKind.Category:
                into[0] = Code(cell.Trim((byte)' '));
                return true;
            case ColumnKind.Time:
                return TryTime(cell, into);
            default:
                AddWords(cell, into);
                return true;
        }
    }

    private float Code(ReadOnlySpan<byte> cell)
    {
        Span<char> text = stackalloc char[LongestCategory];
        return
            cell.Length <= LongestCategory
            && Encoding.UTF8.TryGetChars(cell, text, out var length)
            && codes.TryGetValue(text[..length], out var code)
            ? code
            : float.NaN;
    }

    private static bool TryTime(ReadOnlySpan<byte> cell, Span<float> into)
    {
        if (!CellText.TryTime(cell, out var time))
        {
            return false;
        }
        into[0] = (float)(time - Epoch).TotalDays;
        into[1] = time.Month;
        into[2] = time.Day;
        // Monday is 0, as in most libraries.
        into[3] = ((int)time.DayOfWeek + 6) % 7;
        into[4] = (float)time.TimeOfDay.TotalHours;
        return true;
    }

    private static void AddWords(ReadOnlySpan<byte> cell, Span<float> into)
    {
        into.Clear();
        into[0] = cell.Length;
        // FNV-1a: the same on each machine and in each version.
        const uint offset = 2166136261;
        const uint prime = 16777619;
        var hash = offset;
        for (var i = 0; i <= cell.Length; i++)
        {
            var letter = i < cell.Length ? cell[i] : (byte)' ';
            if (char.IsAsciiLetterOrDigit((char)letter) || letter >= 0x80)
            {
                hash = (hash ^ (char.IsAsciiLetterUpper((char)letter) ? letter | 0x20u : letter)) * prime;
            }
            else if (hash != offset)
            {
                into[1]++;
                into[2 + (int)(hash % Buckets)]++;
                hash = offset;
            }
        }
    }
}
