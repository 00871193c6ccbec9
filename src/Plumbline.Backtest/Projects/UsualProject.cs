using System.Text;
using Plumbline.Backtest.Models;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Tables;

namespace Plumbline.Backtest.Projects;

/// <summary>
/// A table as a project: the description that <c>plumb new --data</c> would begin with, the parameters of the other
/// policies, and approval by policy.
/// </summary>
public static class UsualProject
{
    private const string Data = "base.csv";
    private const string Label = "label";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The project with the rows of the table after the first ones.</summary>
    /// <param name="path">The table.</param>
    /// <param name="reading">Its columns.</param>
    /// <param name="windows">The first rows, and the windows after them.</param>
    /// <param name="delivery">The labels that come.</param>
    /// <param name="stream">The same rows, for their task, times and classes.</param>
    /// <param name="metric">The metric of the report.</param>
    /// <param name="threshold">The figure at which an alarm sounds.</param>
    /// <param name="every">The length of a window in time; null for windows of equal rows, which then take a day.</param>
    public static ProjectStream Of(
        string path,
        TableReading reading,
        StreamWindows windows,
        LabelDelivery delivery,
        LabelledStream stream,
        string metric,
        double threshold,
        TimeSpan? every
    )
    {
        var files = BaseFiles.Open(path);
        var inspection = TableInspection.Read(files, reading.Label);
        var schema = reading.Schema ?? new TableSchema { Columns = [.. TableStream.ColumnsOf(inspection, path)] };
        var rows = Rows(files, path, reading.Label, schema);
        var labels = stream.Task == TaskKind.Regression ? [] : inspection.Labels(path);
        var times = every is null ? Days(windows) : stream.Times;
        return ProjectStream.Of(
            Describe(stream, schema, labels, metric, threshold, every ?? Day, delivery),
            folder => Base(folder, schema, rows.Take(windows.Initial)),
            windows,
            delivery,
            (row, isLabelled) =>
                new ServedRow(
                    KeyOf(row, isLabelled, delivery.Share),
                    rows[row].Features,
                    rows[row].Truth,
                    times[row],
                    isLabelled
                )
        );
    }

    /// <summary>The first key of a row that makes it a member of the audit sample if, and only if, it gets a label.</summary>
    private static string KeyOf(int row, bool isLabelled, double share)
    {
        for (var number = 0; ; number++)
        {
            var key = $"row-{row}-{number}";
            if (AuditSample.Contains(key, share) == isLabelled)
                return key;
        }
    }

    private static ProjectDescription Describe(
        LabelledStream stream,
        TableSchema schema,
        IReadOnlyList<string> labels,
        string metric,
        double threshold,
        TimeSpan window,
        LabelDelivery delivery
    )
    {
        var training = new TrainingDescription
        {
            Rounds = new Learner([]).Rounds,
            AddedRounds = new Learner([]).AddedRounds,
            Recipes = TrainingDescription.KnownRecipes,
            // The objective and the number of classes follow from the labels.
            Hyperparameters = Learner
                .For(stream)
                .Parameters.Where(one => one.Key is not ("objective" or "num_class"))
                .ToDictionary(),
        };
        return new()
        {
            Name = "backtest",
            Task = stream.Task,
            Labels = labels,
            Data = new DataDescription
            {
                File = Data,
                Label = Label,
                Features = [.. schema.Columns.Select(column => column.Name)],
                Schema = schema,
            },
            Training = training,
            Quality = new QualityDescription { Metric = metric, Threshold = threshold },
            Approval = ApprovalPolicy.Recommended,
            // The labels that come are those of the audit sample, which was drawn at random, so each of them measures.
            Monitor = new MonitorDescription
            {
                Window = window,
                AuditShare = delivery.Share,
                MinimumLabels = FewestLabels(delivery),
            },
            Retraining = new RetrainingDescription
            {
                CoolDown = TimeSpan.Zero,
                Growth = RetrainingDescription.UsualGrowthOf(training),
                MinNewLabels = RetrainingDescription.UsualMinNewLabelsOf(training),
            },
        };
    }

    private static int FewestLabels(LabelDelivery delivery) =>
        (int)Math.Ceiling(new MonitorDescription().MinimumLabels * delivery.Share);

    private static List<(string Features, string Truth)> Rows(
        BaseFiles files,
        string path,
        string label,
        TableSchema schema
    )
    {
        var rows = new List<(string, string)>();
        using var cells = new TableCells(files, path, label, schema);
        while (cells.Read())
        {
            rows.Add(
                (
                    CsvCells.Join([.. schema.Columns.Select((_, column) => Encoding.UTF8.GetString(cells.Of(column)))]),
                    Encoding.UTF8.GetString(cells.Label)
                )
            );
        }
        return rows;
    }

    private static BaseFiles Base(string folder, TableSchema schema, IEnumerable<(string Features, string Truth)> rows)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, Data);
        File.WriteAllLines(
            path,
            [
                CsvCells.Join([.. schema.Columns.Select(column => column.Name), Label]),
                .. rows.Select(row => $"{row.Features},{CsvCells.Join([row.Truth])}"),
            ]
        );
        return BaseFiles.Open(path);
    }

    /// <summary>Times with which each window takes a day.</summary>
    private static DateTimeOffset[] Days(StreamWindows windows)
    {
        var (_, rows) = windows.Rows(windows.Count - 1);
        var times = new DateTimeOffset[rows];
        for (var window = 0; window < windows.Count; window++)
        {
            var (from, to) = windows.Rows(window);
            for (var row = from; row < to; row++)
            {
                times[row] = DateTimeOffset.UnixEpoch + (window + (row - from + 0.5) / (to - from)) * Day;
            }
        }
        return times;
    }
}
