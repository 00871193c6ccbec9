using Plumbline.Tables;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Records.Project;

/// <summary>Reads <c>data.columns</c>, which gives each column of the file its kind, and <c>data.missing</c>.</summary>
internal static class ColumnsSection
{
    private const string Columns = "columns";
    private const string Missing = "missing";

    /// <summary>The kind of a column that the model does not take.</summary>
    private const string Ignore = "ignore";

    /// <param name="data">The section <c>data</c>.</param>
    /// <param name="label">The column with the true label.</param>
    /// <returns>The columns that the model takes, and the ignored ones; null for both without the key.</returns>
    public static (TableSchema? Schema, IReadOnlyList<string>? Ignored) Read(YamlSection data, string label)
    {
        if (!data.Has(Columns))
        {
            return data.Has(Missing)
                ? throw data.Error(Missing, $"goes with data.{Columns}, which gives each column its kind")
                : (null, null);
        }
        if (data.Has("features"))
            throw data.Error("features", $"leave it out: data.{Columns} says which columns the model takes");
        var kinds = data.Section(Columns, keys: null);
        if (kinds.Has(label))
            throw kinds.Error(label, "is the label; a model must not see it");
        if (data.Node(Columns) is YamlMappingNode { Children: var all } && all.Count > kinds.Keys.Count())
            throw data.Error(Columns, "each column needs a kind: number, category, text, time, boolean or ignore");
        var read = kinds.Keys.Select(name => (Name: name, Kind: Kind(kinds, name))).ToList();
        var taken = read.Where(one => one.Kind is not null)
            .Select(one => new Column(one.Name, one.Kind!.Value))
            .ToList();
        return (
            new TableSchema
            {
                Columns =
                    taken.Count > 0 ? taken : throw data.Error(Columns, "a model needs a column that is not ignored"),
                Missing = data.Has(Missing) ? data.Texts(Missing) : TableSchema.UsualMissing,
            },
            [.. read.Where(one => one.Kind is null).Select(one => one.Name)]
        );
    }

    private static ColumnKind? Kind(YamlSection kinds, string name) =>
        kinds.Choice<ColumnKind?>(
            name,
            null,
            ("number", ColumnKind.Number),
            ("category", ColumnKind.Category),
            ("text", ColumnKind.Text),
            ("time", ColumnKind.Time),
            ("boolean", ColumnKind.Boolean),
            (Ignore, null)
        );
}
