using System.Text;
using CsvHelper;
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
    /// <summary>Reads a CSV with a header line.</summary>
    /// <exception cref="UserError">The file is not a table, or has no such column.</exception>
    public static TableInspection Read(string path, string label)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new UserError(path, "the file does not exist");
        try
        {
            return Read(path, file, label);
        }
        catch (CsvFormatException e)
        {
            throw new UserError($"{file}:{Math.Max(1, e.LineNumber)}", $"is not CSV: {e.Message}");
        }
    }

    /// <summary>Each column with its kind, for <c>data.columns</c>; null for one that tells nothing about new rows.</summary>
    public IEnumerable<(string Name, ColumnKind? Kind)> Kinds() =>
        Features.Select(one => (one.Name, TellsNothing(one) ? null : (ColumnKind?)one.Kind));

    /// <summary>The values of the label, in the order of their names.</summary>
    /// <exception cref="UserError">The label does not have from two to some hundred values.</exception>
    public IReadOnlyList<string> Labels(string file)
    {
        const int most = 500;
        if (Label.Missing > 0)
            throw new UserError(file, $"the label '{Label.Name}' is missing in {Label.Missing} rows: remove them");
        return Label.Different is >= 2 and <= most
            ? [.. Label.Top(most).Select(one => one.Value).Order(StringComparer.Ordinal)]
            : throw new UserError(
                file,
                $"the label '{Label.Name}' has {Label.Different} different values; a model needs 2 to {most} classes"
            );
    }

    private static bool TellsNothing(ColumnProfile column) => column.LooksLikeId || column.Different <= 1;

    private static TableInspection Read(string path, string file, string label)
    {
        var options = new CsvReaderOptions { TrackLineNumbers = true, TrimWhitespace = true };
        using var reader = CsvReader.FromFile(path, options);
        var header = reader.Headers.ToArray();
        var place = Array.IndexOf(header, label);
        if (place < 0)
        {
            var names = string.Join(", ", header.Take(12));
            throw new UserError($"{file}:1", $"has no column '{label}' for the label; the columns are {names}");
        }
        var profiles = Array.ConvertAll(header, name => new ColumnProfile(name));
        var tells = Array.ConvertAll(header, _ => new LabelByValue());
        while (reader.Read())
        {
            if (reader.FieldCount != header.Length)
                throw new UserError(
                    $"{file}:{reader.LineNumber}",
                    $"has {reader.FieldCount} cells; the header names {header.Length} columns"
                );
            var truth = Encoding.UTF8.GetString(reader.GetSpan(place));
            for (var i = 0; i < header.Length; i++)
            {
                profiles[i].Add(reader.GetSpan(i));
                if (i != place)
                    tells[i].Add(reader.GetSpan(i), truth);
            }
        }
        if (profiles[place].Rows == 0)
            throw new UserError(file, "has no rows below its header");
        var notes = new List<string>();
        for (var i = 0; i < header.Length; i++)
        {
            if (i == place)
                continue;
            if (profiles[i].LooksLikeId)
                notes.Add($"'{header[i]}' has another value in each row, as an id has, so it is ignored.");
            else if (TellsNothing(profiles[i]))
                notes.Add($"'{header[i]}' has the same value in each row, so it is ignored.");
            else if (tells[i].TellsAll)
                notes.Add(
                    $"'{header[i]}' tells '{label}' by itself: is it known before the truth is? If not, write `{header[i]}: ignore`."
                );
        }
        return new TableInspection([.. profiles.Where((_, i) => i != place)], profiles[place], notes);
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
