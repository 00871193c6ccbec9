using System.Globalization;
using System.Text;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Tables;

namespace Plumbline.Backtest.Streams;

/// <summary>
/// The rows of a project as one table: the base data, and after it the predictions whose truth is known, in the order of
/// their time.
/// </summary>
public static class LiveTable
{
    private const string Label = "label";
    private const string Time = "inference_time";

    /// <summary>Writes the table, and returns how to read it.</summary>
    /// <param name="project">The columns and the labels.</param>
    /// <param name="files">The base data, which trains the first model.</param>
    /// <param name="features">The columns of the base data.</param>
    /// <param name="served">The predictions: see <see cref="Served"/>.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="UserError">The base data does not have the project's columns, or no truth can be used.</exception>
    public static TableReading Write(
        ProjectDescription project,
        BaseFiles files,
        IReadOnlyList<string> features,
        IReadOnlyList<Correction> served,
        string path
    )
    {
        if (served.Count == 0)
        {
            throw new UserError(
                "backtest",
                "no prediction of this project has a truth yet: answer some (`plumb review`), or replay a table (`plumb backtest FILE --label COLUMN`)"
            );
        }
        using var writer = new StreamWriter(path);
        writer.WriteLine(CsvCells.Join([.. features, Label, Time]));
        var initial = WriteBase(project, files, features, served[0].InferenceTime.AddSeconds(-1), writer);
        foreach (var one in served)
        {
            writer.WriteLine(CsvCells.Join([.. Cells(one), project.LabelOf(one.Label)!, Text(one.InferenceTime)]));
        }
        return new TableReading(Label)
        {
            InitialRows = initial,
            Time = Time,
            Task = project.Task,
            Schema =
                project.Data.Schema
                ?? new TableSchema { Columns = [.. features.Select(name => new Column(name, ColumnKind.Number))] },
        };
    }

    /// <summary>The predictions with a truth, in the order of their time; of several truths, the latest counts.</summary>
    public static IReadOnlyList<Correction> Served(
        ProjectDescription project,
        IReadOnlyList<string> features,
        IEnumerable<Correction> corrections
    ) =>
        [
            .. corrections
                .GroupBy(one => one.JoinKey)
                .Select(group => group.MaxBy(one => one.Id)!)
                .Where(one => project.LabelOf(one.Label) is not null && Cells(one).Length == features.Count)
                .OrderBy(one => one.InferenceTime),
        ];

    private static int WriteBase(
        ProjectDescription project,
        BaseFiles files,
        IReadOnlyList<string> features,
        DateTimeOffset time,
        StreamWriter writer
    )
    {
        using var stream = files.OpenAsOne();
        var lines = new CsvLines(stream);
        lines.TryNext(out var line);
        var header = CsvRow.Cells(line);
        int[] places = [.. features.Select(name => header.IndexOf(name))];
        var label = header.IndexOf(project.Data.Label);
        var rows = 0;
        while (lines.TryNext(out line))
        {
            var cells = CsvRow.Cells(line);
            var truth = project.LabelOf(cells[label]);
            if (truth is null)
            {
                throw new UserError(
                    $"{files.Files[0].Name}:{lines.Number}",
                    $"has the label '{cells[label]}', which is not {project.Truths()}"
                );
            }
            writer.WriteLine(CsvCells.Join([.. places.Select(place => cells[place]), truth, Text(time)]));
            rows++;
        }
        return rows;
    }

    private static string[] Cells(Correction one) => [.. CsvCells.Split(one.Features).Select(cell => cell.Trim())];

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
