using System.Text;
using Plumbline.Records.Quality;
using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>Reads a table once, to say what each column has before anybody describes it.</summary>
/// <param name="Features">The columns without the label, in the order of the file.</param>
/// <param name="Label">The column with the true label.</param>
/// <param name="Notes">Sentences about columns that look like ids, or that tell the label by themselves.</param>
public sealed record TableInspection(
    IReadOnlyList<ColumnProfile> Features,
    ColumnProfile Label,
    IReadOnlyList<string> Notes
)
{
    private static readonly char[] Separators = ['|', ';', ','];

    /// <summary>The same, from a path; see <see cref="BaseFiles"/>.</summary>
    /// <inheritdoc cref="Read(BaseFiles, string, int)"/>
    public static TableInspection Read(string path, string label) => Read(BaseFiles.Open(path), label);

    /// <summary>Reads tables with the same columns.</summary>
    /// <param name="files">The tables.</param>
    /// <param name="label">The column with the true label.</param>
    /// <param name="most">The most rows to read; the first ones are.</param>
    /// <exception cref="UserError">A file is not a table, or has no such column.</exception>
    public static TableInspection Read(BaseFiles files, string label, int most = int.MaxValue)
    {
        using var table = new BaseTable(files);
        var place = Array.IndexOf(table.Header, label);
        if (place < 0)
        {
            var names = string.Join(", ", table.Header.Take(12));
            throw new UserError($"{table.File}:1", $"has no column '{label}' for the label; the columns are {names}");
        }
        var profiles = Array.ConvertAll(table.Header, name => new ColumnProfile(name));
        var tells = Array.ConvertAll(table.Header, _ => new LabelByValue());
        while (table.Rows < most && table.Read())
        {
            var truth = Encoding.UTF8.GetString(table.Cell(place));
            for (var i = 0; i < profiles.Length; i++)
            {
                // Lists and groups look like a column without values, which is ignored.
                var cell = table.HasCells(i) ? table.Cell(i) : default;
                profiles[i].Add(cell);
                tells[i].Add(cell, truth);
            }
        }
        return profiles[place].Rows > 0
            ? new TableInspection(
                [.. profiles.Where((_, i) => i != place)],
                profiles[place],
                [
                    .. profiles
                        .Zip(tells)
                        .Where((_, i) => i != place)
                        .SelectMany(one => NotesOf(one.First, one.Second, label)),
                ]
            )
            : throw new UserError(table.File, "has no rows below its header");
    }

    /// <summary>Each column with its kind, for <c>data.columns</c>; null for one that tells nothing about new rows.</summary>
    public IEnumerable<(string Name, ColumnKind? Kind)> Kinds() =>
        Features.Select(one => (one.Name, TellsNothing(one) ? null : (ColumnKind?)one.Kind));

    /// <summary>
    /// True if the label looks like a quantity: it has numbers only, of which more than 30 are different, or more than 10
    /// if some have a fraction.
    /// </summary>
    public bool IsRegression =>
        Label.Kind == ColumnKind.Number
        && Label.Missing < Label.Rows
        && Label.Different > (Label.Top(int.MaxValue).Any(one => one.Value.Contains('.')) ? 10 : 30);

    /// <summary>
    /// The truths' median, and the mean absolute error of always answering it; of the first 10,000 different numbers.
    /// </summary>
    public (double Median, double Error) Middle()
    {
        var numbers = Label
            .Top(int.MaxValue)
            .Select(one => (Number: TruthNumber.Find(one.Value) ?? 0, one.Rows))
            .OrderBy(one => one.Number)
            .ToList();
        var (rows, half) = (numbers.Sum(one => one.Rows), 0);
        var median = numbers.First(one => 2 * (half += one.Rows) >= rows).Number;
        return (median, numbers.Sum(one => one.Rows * Math.Abs(one.Number - median)) / rows);
    }

    /// <summary>The values of the label, in the order of their names.</summary>
    /// <exception cref="UserError">The label does not have from two to some hundred values.</exception>
    public IReadOnlyList<string> Labels(string file)
    {
        const int most = 500;
        RequireLabels(file);
        if (Several() is { } cell)
            throw new UserError(
                file,
                $"the label '{Label.Name}' has several labels in a cell ('{cell}'): a table has one label a row. Write a line of JSON for each row, with `task: multi-label` (docs/tasks.md)"
            );
        return Label.Different is >= 2 and <= most
            ? [.. Label.Top(most).Select(one => one.Value).Order(StringComparer.Ordinal)]
            : throw new UserError(
                file,
                Label.Different == 1
                    ? $"the label '{Label.Name}' has the same value in each row; a model needs 2 to {most} classes"
                    : $"the label '{Label.Name}' has {Label.Different} different values; a model needs 2 to {most} classes"
            );
    }

    /// <summary>A value that is other values with a separator between them, such as <c>dent|rust</c>; null without one.</summary>
    private string? Several()
    {
        var values = Label.Top(int.MaxValue).Select(one => one.Value).ToList();
        return Separators
            .Select(separator =>
                values.Find(value =>
                    value.Contains(separator) && value.Split(separator).All(part => values.Contains(part.Trim()))
                )
            )
            .FirstOrDefault(found => found is not null);
    }

    /// <exception cref="UserError">Rows have no label.</exception>
    public void RequireLabels(string file)
    {
        if (Label.Missing > 0)
            throw new UserError(
                file,
                $"the label '{Label.Name}' is missing in {(Label.Missing == 1 ? "a row: remove it" : $"{Label.Missing} rows: remove them")}"
            );
    }

    private static bool TellsNothing(ColumnProfile column) => column.LooksLikeId || column.Different <= 1;

    private static IEnumerable<string> NotesOf(ColumnProfile column, LabelByValue byValue, string label)
    {
        if (column.LooksLikeId)
            yield return $"'{column.Name}' has another value in each row, as an id has, so it is ignored.";
        else if (TellsNothing(column))
            yield return $"'{column.Name}' has the same value in each row, so it is ignored.";
        else if (byValue.TellsAll)
            yield return $"'{column.Name}' tells '{label}' by itself: is it known before the truth is? If not, write `{column.Name}: ignore`.";
    }

    /// <summary>Counts the labels of each value of a column, to find a column that gives the label away.</summary>
    private sealed class LabelByValue
    {
        private const int MostValues = 100;
        private readonly Dictionary<string, string> labels = new(StringComparer.Ordinal);
        private bool varies;

        /// <summary>True if equal values always have the same label, and there are few different values.</summary>
        public bool TellsAll => !varies && labels.Count > 1;

        public void Add(ReadOnlySpan<byte> cell, string label)
        {
            if (varies)
                return;
            var value = Encoding.UTF8.GetString(cell);
            if (!labels.TryAdd(value, label))
                varies = labels[value] != label;
            varies |= labels.Count > MostValues;
        }
    }
}
