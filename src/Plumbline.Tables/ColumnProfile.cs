using System.Text;

namespace Plumbline.Tables;

/// <summary>Counts of one column's cells, and the kind that follows from them.</summary>
public sealed class ColumnProfile(string name)
{
    /// <summary>With more different names, a column is not a category.</summary>
    private const int MostNames = 10_000;
    private const double WordsOfAText = 3;

    private readonly Dictionary<string, int> values = new(StringComparer.Ordinal);
    private int numbers;
    private int times;
    private int booleans;
    private int digits;
    private long words;

    public string Name { get; } = name;

    public int Rows { get; private set; }

    /// <summary>Cells that are empty or one of <see cref="TableSchema.UsualMissing"/>.</summary>
    public int Missing { get; private set; }

    /// <summary>The smallest number; infinity without one.</summary>
    public float Smallest { get; private set; } = float.PositiveInfinity;

    /// <summary>The largest number; minus infinity without one.</summary>
    public float Largest { get; private set; } = float.NegativeInfinity;

    /// <summary>The number of different values, counted up to 10,000.</summary>
    public int Different => values.Count;

    /// <summary>True if each row has another value, as an id has, so that it says nothing about new rows.</summary>
    public bool LooksLikeId =>
        Kind is ColumnKind.Category or ColumnKind.Text or ColumnKind.Number
        && Rows - Missing > 20
        && words <= Rows - Missing
        && (values.Count == Rows - Missing || values.Count > MostNames)
        && (Kind != ColumnKind.Number || digits == numbers);

    public ColumnKind Kind
    {
        get
        {
            var present = Rows - Missing;
            return present == 0 || numbers == present ? ColumnKind.Number
                : booleans == present ? ColumnKind.Boolean
                : times == present ? ColumnKind.Time
                : values.Count > MostNames || words > WordsOfAText * present ? ColumnKind.Text
                : ColumnKind.Category;
        }
    }

    /// <summary>Counts one cell, UTF-8 without quotes.</summary>
    public void Add(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim((byte)' ');
        Rows++;
        var text = Encoding.UTF8.GetString(cell);
        if (TableSchema.UsualMissing.Contains(text))
        {
            Missing++;
            return;
        }
        if (values.Count <= MostNames || values.ContainsKey(text))
        {
            values[text] = values.GetValueOrDefault(text) + 1;
        }
        if (CellText.TryNumber(cell, out var number))
        {
            numbers++;
            digits += cell.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? 0 : 1;
            Smallest = Math.Min(Smallest, number);
            Largest = Math.Max(Largest, number);
        }
        booleans += CellText.TryBoolean(cell, out _) ? 1 : 0;
        times += CellText.TryTime(cell, out _) ? 1 : 0;
        words += 1 + cell.Count((byte)' ');
    }

    /// <summary>The most frequent values with their number of rows.</summary>
    public IReadOnlyList<(string Value, int Rows)> Top(int count) =>
        [
            .. values
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(count)
                .Select(pair => (pair.Key, pair.Value)),
        ];
}
