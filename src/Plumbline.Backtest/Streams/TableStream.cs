using System.Text;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Tables;

namespace Plumbline.Backtest.Streams;

/// <summary>Reads a table, whose rows are in time order, as a stream.</summary>
public static class TableStream
{
    /// <param name="path">A file or a folder; see <see cref="BaseFiles"/>.</param>
    /// <param name="label">The column with the true class.</param>
    /// <param name="initialShare">
    /// The share of the rows that train the first model. Only their categories get codes: as in production, a later name
    /// is a missing value.
    /// </param>
    /// <param name="time">The column with the time of each row; null if the order is enough.</param>
    /// <exception cref="UserError">
    /// The path is not a table, a cell is not of its column's kind, or the times are not in order.
    /// </exception>
    public static LabelledStream Read(string path, string label, double initialShare, string? time = null)
    {
        var files = BaseFiles.Open(path);
        var inspection = TableInspection.Read(files, label);
        var labels = inspection.Labels(path);
        Column[] columns =
        [
            .. inspection
                .Kinds()
                .Where(one => one.Kind is not null)
                .Select(one => new Column(one.Name, one.Kind!.Value)),
        ];
        if (columns.Length == 0)
        {
            throw new UserError(path, "has no column besides the label that tells one row from another");
        }
        var schema = new TableSchema { Columns = columns };
        var fit = new EncoderFit(schema);
        var initial = (int)(inspection.Label.Rows * initialShare);
        using (var cells = new TableCells(files, path, label, schema))
        {
            while (cells.Rows < initial && cells.Read())
            {
                for (var column = 0; column < columns.Length; column++)
                {
                    fit.Add(column, cells.Of(column));
                }
            }
        }
        var encoder = fit.Finish();
        var features = new List<float>();
        var truths = new List<int>();
        var times = new List<DateTimeOffset>();
        var row = new float[encoder.Features];
        using (var cells = new TableCells(files, path, label, schema))
        {
            var clock = time is null ? -1 : cells.Place(time);
            while (cells.Read())
            {
                for (var column = 0; column < columns.Length; column++)
                {
                    if (!encoder.TryEncode(column, cells.Of(column), row))
                    {
                        throw cells.Error(encoder.Wrong(column, cells.Of(column)));
                    }
                }
                features.AddRange(row);
                truths.Add(IndexOf(labels, cells));
                if (clock >= 0)
                {
                    times.Add(Time(cells, clock, times.LastOrDefault()));
                }
            }
        }
        return new LabelledStream([.. features], encoder.Features, [.. truths])
        {
            IsCategory = encoder.IsCategory,
            Times = times,
        };
    }

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

    private static int IndexOf(IReadOnlyList<string> labels, TableCells cells)
    {
        var name = Encoding.UTF8.GetString(cells.Label);
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i] == name)
            {
                return i;
            }
        }
        throw cells.Error($"has the label '{name}', which the first reading did not have");
    }
}
