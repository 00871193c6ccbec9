using System.Text;

namespace Plumbline.Tables;

/// <summary>Fits an encoder: counts the names of the category columns in the rows of the training side.</summary>
/// <param name="parent">
/// The encoder of the model that a training continues, whose codes stay; null for a model from scratch.
/// </param>
public sealed class EncoderFit(TableSchema schema, TableEncoder? parent = null)
{
    /// <summary>A rarer name of a longer list counts as missing.</summary>
    public const int MostCategories = 1000;

    private readonly Dictionary<string, int>?[] counts =
    [
        .. schema.Columns.Select(column =>
            column.Kind == ColumnKind.Category ? new Dictionary<string, int>(StringComparer.Ordinal) : null
        ),
    ];

    private readonly TableEncoder unfitted = TableEncoder.Unfitted(schema);

    /// <summary>Counts one cell of a row.</summary>
    public void Add(int column, ReadOnlySpan<byte> cell)
    {
        if (counts[column] is { } names && !unfitted.IsMissing(column, cell))
        {
            var name = Encoding.UTF8.GetString(cell.Trim((byte)' '));
            names[name] = names.GetValueOrDefault(name) + 1;
        }
    }

    public TableEncoder Finish() =>
        new(
            schema,
            schema
                .Columns.Select(
                    (column, i) => (column.Name, Names: counts[i] is { } names ? Ordered(column, names) : [])
                )
                .ToDictionary(pair => pair.Name, pair => pair.Names)
        );

    // The most frequent first; equal ones by name, so that the same rows give the same codes.
    private IReadOnlyList<string> Ordered(Column column, Dictionary<string, int> names)
    {
        var known = parent?.Schema.IndexOf(column.Name) is >= 0 and var place ? parent.Categories(place) : [];
        var added = names
            .Where(pair => !known.Contains(pair.Key))
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key);
        return [.. known.Concat(added).Take(Math.Max(known.Count, MostCategories))];
    }
}
