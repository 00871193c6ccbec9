using System.Text;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>
/// Reads the examples of the base data. It checks every cell, and throws a <see cref="UserError"/> with file, line and
/// column for an invalid one.
/// </summary>
internal sealed class BaseRows : IDisposable
{
    /// <summary>The advice for the first text in a table that has no kinds.</summary>
    private const string WriteKinds = "; `plumb data inspect --write` finds the kinds of the columns";

    private const int RowsAtOnce = 100_000;

    private readonly BaseTable table;
    private readonly int labelColumn;
    private readonly int? keyColumn;
    private readonly int[] featureColumns;
    private readonly bool areNumbers;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> labels;
    private readonly CanonicalFeatures canonical = new();
    private readonly int[]? keyFeatures;
    private readonly SchemaCells? cells;
    private readonly Action<BaseProgress>? progress;
    private readonly int files;

    /// <param name="files">The base data.</param>
    /// <param name="project">The columns and the labels.</param>
    /// <param name="progress">Called after each <see cref="RowsAtOnce"/> rows.</param>
    /// <param name="keyColumns">See <see cref="DataSetManifest.KeyColumns"/>.</param>
    public BaseRows(
        BaseFiles files,
        ProjectDescription project,
        Action<BaseProgress>? progress = null,
        IReadOnlyList<string>? keyColumns = null
    )
    {
        (this.progress, this.files) = (progress, files.Files.Count);
        table = new BaseTable(files);
        try
        {
            (labelColumn, keyColumn, Features, featureColumns) = Columns(project.Data);
        }
        catch
        {
            table.Dispose();
            throw;
        }
        keyFeatures = keyColumns?.Select(name => Features.ToList().IndexOf(name)).ToArray();
        cells = project.Data.Schema is { } schema ? new SchemaCells(schema) : null;
        areNumbers = project.Task == TaskKind.Regression;
        labels = project
            .Labels.Concat(project.FormerLabels.Keys)
            .ToDictionary(label => label, project.IndexOf)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private (int Label, int? Key, IReadOnlyList<string> Features, int[] Places) Columns(DataDescription data)
    {
        var header = table.Header;
        var label = Find(header, data.Label, "label");
        int? key = data.SplitKey is null ? null : Find(header, data.SplitKey, "splitKey");
        var features =
            data.Features.Count > 0 ? data.Features
            : data.Schema is not null ? [.. data.Schema.Columns.Select(column => column.Name)]
            : header.Where(name => name != data.Label && name != data.SplitKey).ToArray();
        var section = data.Schema is null ? "features" : "columns";
        int[] places = [.. features.Select(name => Find(header, name, section))];
        string[] known = [data.Label, data.SplitKey ?? data.Label, .. features, .. data.Ignored ?? []];
        if (data.Schema is not null && Array.Find(header, name => !known.Contains(name)) is { } added)
            throw new UserError(
                $"{table.File}:1",
                $"has the column '{added}', which data.columns does not name: give it a kind, or write `{added}: ignore`"
            );
        return places.Length > 0
            ? (label, key, features, places)
            : throw new UserError($"{table.File}:1", "has no feature column besides the label");
    }

    /// <summary>The feature columns in the order of the model's inputs.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The class index of the current row; its number in a regression.</summary>
    public double Label { get; private set; }

    /// <summary>The split key of the current row.</summary>
    public SplitKey Key { get; private set; }

    public bool Read()
    {
        if (!table.Read())
            return false;
        if (progress is not null && table.Rows % RowsAtOnce == 0)
            progress(new BaseProgress(table.Rows, table.FileNumber, files));
        Span<char> text = stackalloc char[256];
        var labelBytes = table.Cell(labelColumn);
        var length = labelBytes.Length <= text.Length ? Encoding.UTF8.GetChars(labelBytes, text) : 0;
        if (areNumbers)
            Label =
                TruthNumber.Find(labelBytes)
                ?? throw table.Error(
                    $"has '{Encoding.UTF8.GetString(labelBytes)}' as its truth, which is not a number"
                );
        else if (labels.TryGetValue(text[..length], out var label))
            Label = label;
        else
            throw table.Error(
                $"has the label '{Encoding.UTF8.GetString(labelBytes)}', which is not one of labels: {string.Join(", ", labels.Dictionary.Keys.Take(12))}"
            );
        canonical.Clear();
        for (var i = 0; i < featureColumns.Length; i++)
        {
            var cell = table.Cell(featureColumns[i]);
            if (cells is not null)
            {
                if (!cells.TryAdd(canonical, i, cell))
                    throw table.Error(cells.Wrong(i, cell));
                continue;
            }
            if (!CanonicalFeatures.TryNumber(cell, out var number))
                throw table.Error(
                    $"has '{Encoding.UTF8.GetString(cell)}' in column '{Features[i]}', which is not a number{WriteKinds}"
                );
            canonical.AddNumber(number);
        }
        Key = keyColumn is { } column
            ? SplitKey.OfEntity(Encoding.UTF8.GetString(table.Cell(column)))
            : SplitKey.Of(keyFeatures is null ? canonical : OfKey(keyFeatures));
        return true;
    }

    /// <summary>The values of the current row that are its key; all cells were checked before.</summary>
    private CanonicalFeatures OfKey(int[] features)
    {
        canonical.Clear();
        foreach (var feature in features)
        {
            var cell = table.Cell(featureColumns[feature]);
            if (cells is not null)
                cells.TryAdd(canonical, feature, cell);
            else if (CanonicalFeatures.TryNumber(cell, out var number))
                canonical.AddNumber(number);
        }
        return canonical;
    }

    /// <summary>Appends the current row's feature cells, each after a comma, to <paramref name="line"/>.</summary>
    public void AppendFeatures(List<byte> line)
    {
        foreach (var column in featureColumns)
        {
            line.Add((byte)',');
            if (cells is null)
                line.AddRange(table.Cell(column));
            else
                CsvCells.Append(line, table.Cell(column));
        }
    }

    public void Dispose() => table.Dispose();

    private int Find(string[] header, string name, string key)
    {
        var index = Array.IndexOf(header, name);
        if (index >= 0)
            return index;
        var near = Nearest.To(name, header) is { } other ? $"; did you mean '{other}'?" : "";
        throw new UserError($"{table.File}:1", $"has no column '{name}', which data.{key} names{near}");
    }
}
