using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>
/// Checks the cells of a row by a schema, and adds their values to the canonical bytes: a category or a text by its
/// words, any other value by its numbers.
/// </summary>
internal sealed class SchemaCells
{
    private readonly TableSchema schema;
    private readonly TableEncoder encoder;
    private readonly float[] row;

    public SchemaCells(TableSchema schema)
    {
        this.schema = schema;
        encoder = TableEncoder.Unfitted(schema);
        row = new float[encoder.Features];
    }

    /// <returns>False if the cell is not a value of the column's kind; see <see cref="Wrong"/>.</returns>
    public bool TryAdd(CanonicalFeatures canonical, int column, ReadOnlySpan<byte> cell)
    {
        if (!encoder.TryEncode(column, cell, row))
        {
            return false;
        }
        if (schema.Columns[column].Kind is ColumnKind.Category or ColumnKind.Text && !encoder.IsMissing(column, cell))
        {
            canonical.AddText(cell.Trim((byte)' '));
            return true;
        }
        // A missing category or text is one NaN, as a missing number is.
        var places = encoder.PlacesOf(column);
        var values = row.AsSpan(places);
        foreach (var value in schema.Columns[column].Kind == ColumnKind.Text ? values[..1] : values)
        {
            canonical.AddNumber(value);
        }
        return true;
    }

    /// <summary>A sentence for a message: the column, its cell, and the kind that is wanted.</summary>
    public string Wrong(int column, ReadOnlySpan<byte> cell) => encoder.Wrong(column, cell);
}
