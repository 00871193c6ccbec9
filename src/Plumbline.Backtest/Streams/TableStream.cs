using System.Text;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Quality;
using Plumbline.Tables;

namespace Plumbline.Backtest.Streams;

/// <summary>Reads a table, whose rows are in time order, as a stream.</summary>
public static class TableStream
{
    private const int MostClasses = 500;

    /// <param name="path">A file or a folder; see <see cref="BaseFiles"/>.</param>
    /// <param name="reading">The columns, and the rows of the first model.</param>
    /// <exception cref="UserError">
    /// The path is not a table, a cell is not of its column's kind, or the times are not in order.
    /// </exception>
    public static LabelledStream Read(string path, TableReading reading)
    {
        var files = BaseFiles.Open(path);
        var inspection = TableInspection.Read(files, reading.Label);
        var truths = Truths(inspection, path, reading);
        var schema = reading.Schema ?? new TableSchema { Columns = ColumnsOf(inspection, path) };
        var initial = reading.InitialRows ?? (int)(inspection.Label.Rows * reading.InitialShare);
        var encoder = Fit(files, path, reading.Label, schema, initial);
        var features = new List<float>();
        var values = new List<float>();
        var times = new List<DateTimeOffset>();
        var row = new float[encoder.Features];
        using (var cells = new TableCells(files, path, reading.Label, schema))
        {
            var clock = reading.Time is null ? -1 : cells.Place(reading.Time);
            while (cells.Read())
            {
                for (var column = 0; column < schema.Columns.Count; column++)
                {
                    if (!encoder.TryEncode(column, cells.Of(column), row))
                    {
                        throw cells.Error(encoder.Wrong(column, cells.Of(column)));
                    }
                }
                features.AddRange(row);
                values.Add(truths(cells));
                if (clock >= 0)
                {
                    times.Add(Time(cells, clock, times.LastOrDefault()));
                }
            }
        }
        return LabelledStream.Of(inspection.TaskOf(reading), [.. features], encoder.Features, [.. values]) with
        {
            IsCategory = encoder.IsCategory,
            Times = times,
        };
    }

    /// <summary>The columns that tell one row from another, with their kinds.</summary>
    internal static Column[] ColumnsOf(TableInspection inspection, string path)
    {
        Column[] columns =
        [
            .. inspection
                .Kinds()
                .Where(one => one.Kind is not null)
                .Select(one => new Column(one.Name, one.Kind!.Value)),
        ];
        return columns.Length > 0
            ? columns
            : throw new UserError(path, "has no column besides the label that tells one row from another");
    }

    /// <summary>Gives codes only to categories of the first rows. A later one is a missing value, as in production.</summary>
    private static TableEncoder Fit(BaseFiles files, string path, string label, TableSchema schema, int initial)
    {
        var fit = new EncoderFit(schema);
        using var cells = new TableCells(files, path, label, schema);
        while (cells.Rows < initial && cells.Read())
        {
            for (var column = 0; column < schema.Columns.Count; column++)
            {
                fit.Add(column, cells.Of(column));
            }
        }
        return fit.Finish();
    }

    /// <summary>Reads the truth of a row: the index of its class, or its number.</summary>
    private static Func<TableCells, float> Truths(TableInspection inspection, string path, TableReading reading)
    {
        if (inspection.TaskOf(reading) == TaskKind.Regression)
        {
            inspection.RequireLabels(path);
            return cells =>
                (float?)TruthNumber.Find(cells.Label)
                ?? throw cells.Error(
                    $"has the truth '{Encoding.UTF8.GetString(cells.Label)}', which is not a number; write `--task classification` for classes"
                );
        }
        if (inspection is { IsRegression: true, Label.Different: > MostClasses })
        {
            throw new UserError(
                path,
                $"the label '{reading.Label}' has {inspection.Label.Different} different numbers, which are not classes: leave out `--task classification`"
            );
        }
        var labels = inspection.Labels(path);
        var places = labels.Select((name, place) => (name, place)).ToDictionary(one => one.name, one => one.place);
        return cells =>
            places.TryGetValue(Encoding.UTF8.GetString(cells.Label), out var place)
                ? place
                : throw cells.Error(
                    $"has the label '{Encoding.UTF8.GetString(cells.Label)}', which the first reading did not have"
                );
    }

    private static TaskKind TaskOf(this TableInspection inspection, TableReading reading) =>
        reading.Task ?? (inspection.IsRegression ? TaskKind.Regression : TaskKind.Classification);

    private static DateTimeOffset Time(TableCells cells, int place, DateTimeOffset before)
    {
        var text = Encoding.UTF8.GetString(cells.At(place));
        if (!CellText.TryTime(cells.At(place), out var time))
        {
            throw cells.Error($"has the time '{text}': write it like 2026-03-01 or 2026-03-01T12:30:00Z");
        }
        return time >= before
            ? time
            : throw cells.Error($"has the time '{text}', which is before that of the row above: sort the rows by time");
    }
}
