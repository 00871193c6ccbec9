using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Tables;

/// <summary>
/// The feature columns of a table in the order of a row's cells: <c>schema.json</c> of a project, of a data set version
/// and of a model.
/// </summary>
public sealed record TableSchema
{
    public const string FileName = "schema.json";

    /// <summary>The texts that mean a missing value if a file does not say otherwise.</summary>
    public static readonly IReadOnlyList<string> UsualMissing = ["", "NA", "N/A", "n/a", "nan", "NaN", "null", "?"];

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter<ColumnKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>Texts that mean a missing value, besides an empty cell.</summary>
    public IReadOnlyList<string> Missing { get; init; } = UsualMissing;

    /// <summary>True if each column is a number, so that a row needs no encoder.</summary>
    [JsonIgnore]
    public bool IsNumeric => Columns.All(column => column.Kind == ColumnKind.Number);

    /// <summary>Reads the text of <see cref="ToJson"/>, which people may have edited.</summary>
    /// <exception cref="SchemaError">The text is not a schema.</exception>
    public static TableSchema Parse(ReadOnlySpan<byte> json)
    {
        TableSchema? schema;
        try
        {
            schema = JsonSerializer.Deserialize<TableSchema>(json, Json);
        }
        catch (JsonException e)
        {
            var line = e.LineNumber is { } number ? $" (line {number + 1})" : "";
            throw new SchemaError($"is not a schema{line}: {e.Message.Split(" Path:")[0]}");
        }
        if (schema is null || schema.Columns.Count == 0)
        {
            throw new SchemaError("has no columns; write at least one in \"columns\"");
        }
        return schema.Columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new SchemaError($"names the column '{twice.Key}' twice")
            : schema;
    }

    /// <summary>One line for each column, so that a change is a readable difference.</summary>
    public string ToJson()
    {
        var columns = Columns.Select(column => "    " + JsonSerializer.Serialize(column, Json));
        return $$"""
            {
              "columns": [
            {{string.Join(",\n", columns)}}
              ],
              "missing": {{JsonSerializer.Serialize(Missing, Json)}}
            }

            """;
    }

    /// <summary>The place of a column by its name; -1 for any other name.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name)
            {
                return i;
            }
        }
        return -1;
    }

    /// <inheritdoc/>
    public bool Equals(TableSchema? other) =>
        other is not null && Columns.SequenceEqual(other.Columns) && Missing.SequenceEqual(other.Missing);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Columns.Count, Columns.Count > 0 ? Columns[0] : null);
}
