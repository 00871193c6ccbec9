using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.Tables;

/// <summary>
/// Turns the cells of a row into a model's features. It is fitted on the rows of the training side only, and is part of
/// the model's archive: training, evaluation and serving encode with it. Thread-safe.
/// </summary>
public sealed class TableEncoder
{
    /// <summary>The name of its file in a model's archive.</summary>
    public const string FileName = "plumbline-encoder.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ColumnEncoder[] columns;
    private readonly int[] starts;

    internal TableEncoder(TableSchema schema, IReadOnlyDictionary<string, IReadOnlyList<string>> categories)
    {
        Schema = schema;
        columns =
        [
            .. schema.Columns.Select(column => new ColumnEncoder(
                column,
                schema.Missing,
                categories.GetValueOrDefault(column.Name, [])
            )),
        ];
        starts = new int[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            starts[i] = Features;
            Features += columns[i].Width;
        }
    }

    public TableSchema Schema { get; }

    /// <summary>The number of features of a row.</summary>
    public int Features { get; }

    /// <summary>The names of the features, such as <c>city</c> or <c>ordered weekday</c>.</summary>
    public IReadOnlyList<string> FeatureNames => [.. columns.SelectMany(column => column.Names)];

    /// <summary>True for each feature that is the code of a category.</summary>
    public IReadOnlyList<bool> IsCategory =>
        [.. columns.SelectMany((column, i) => column.Names.Select(_ => Schema.Columns[i].Kind == ColumnKind.Category))];

    /// <summary>The names of a category column by their code; empty for other columns.</summary>
    public IReadOnlyList<string> Categories(int column) => columns[column].Categories;

    /// <summary>Writes the features of one cell into its places of a row.</summary>
    /// <param name="column">The column's place in the schema.</param>
    /// <param name="cell">UTF-8 without quotes.</param>
    /// <param name="row">Room for <see cref="Features"/> values.</param>
    /// <returns>False if the cell is not a value of the column's kind; see <see cref="Wrong"/>.</returns>
    public bool TryEncode(int column, ReadOnlySpan<byte> cell, Span<float> row) =>
        columns[column].TryEncode(cell, row.Slice(starts[column], columns[column].Width));

    /// <summary>An encoder that knows no categories: it says which cells are valid.</summary>
    public static TableEncoder Unfitted(TableSchema schema) =>
        new(schema, new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>True if a cell means that the value is missing.</summary>
    public bool IsMissing(int column, ReadOnlySpan<byte> cell) => columns[column].IsMissing(cell);

    /// <summary>The places of a column's features in a row.</summary>
    public Range PlacesOf(int column) => starts[column]..(starts[column] + columns[column].Width);

    /// <summary>A sentence for a message, such as <c>column "age" has "old", which is not a number</c>.</summary>
    public string Wrong(int column, ReadOnlySpan<byte> cell)
    {
        const int longest = 40;
        var text = Encoding.UTF8.GetString(cell);
        var shown = string.Concat(text.Take(longest).Select(c => char.IsControl(c) ? '?' : c));
        var wanted = Schema.Columns[column].Kind switch
        {
            ColumnKind.Number => "a number",
            ColumnKind.Boolean => "true or false",
            _ => "a date or time like 2026-03-01 or 2026-03-01T12:30:00Z",
        };
        var more = text.Length > longest ? "..." : "";
        return $"column \"{Schema.Columns[column].Name}\" has \"{shown}{more}\", which is not {wanted}";
    }

    public byte[] ToJson() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new EncoderFile(
                Schema.ToJson(),
                columns
                    .Select((column, i) => (Schema.Columns[i].Name, column.Categories))
                    .Where(pair => pair.Categories.Count > 0)
                    .ToDictionary(pair => pair.Name, pair => pair.Categories)
            ),
            Json
        );

    /// <exception cref="SchemaError">The text is not an encoder.</exception>
    public static TableEncoder Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var file = JsonSerializer.Deserialize<EncoderFile>(json, Json);
            return file is { Schema: not null, Categories: not null }
                ? new TableEncoder(TableSchema.Parse(Encoding.UTF8.GetBytes(file.Schema)), file.Categories)
                : throw new SchemaError("has no schema");
        }
        catch (JsonException e)
        {
            throw new SchemaError($"is not an encoder: {e.Message}");
        }
    }

    private sealed record EncoderFile(string Schema, Dictionary<string, IReadOnlyList<string>> Categories);
}
