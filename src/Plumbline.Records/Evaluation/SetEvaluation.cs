using System.Text.Json.Serialization;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Evaluation;

/// <summary>The result on one set of rows. Without rows, the figures are null.</summary>
public sealed record SetEvaluation
{
    public required int Rows { get; init; }

    /// <summary>Rows with a correct prediction; null in a regression.</summary>
    public int? Correct { get; init; }

    /// <summary>The metric of <see cref="Value"/>, by a name of <see cref="MetricKind"/>.</summary>
    public string Metric { get; init; } = MetricKind.Accuracy;

    /// <summary>The metric of the rows; null if it is not defined for them.</summary>
    public double? Value { get; init; }

    /// <summary>The lower end of the metric's 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of the same interval.</summary>
    public double? Upper { get; init; }

    /// <summary>The metric of always answering the most frequent class, or the best constant.</summary>
    public double? Baseline { get; init; }

    /// <summary>The classes of the actual rows, each with its recall; empty in a regression.</summary>
    public IReadOnlyList<SliceEvaluation> Classes { get; init; } = [];

    /// <summary>The slices that the project asks for, each with the metric of its rows.</summary>
    public IReadOnlyList<SliceEvaluation> Slices { get; init; } = [];

    /// <summary>The figure of records from before there were other metrics than accuracy.</summary>
    [JsonInclude]
    private double? Accuracy
    {
        init => Value ??= value;
    }

    public static SetEvaluation Of(
        string set,
        ProjectDescription project,
        IReadOnlyList<Prediction> predictions,
        IReadOnlyList<Slice> slices
    )
    {
        var metric = project.Metric();
        var rows = predictions.Where(p => p.Set == set).ToDictionary(p => p.Row);
        var judged = rows.Values.Select(p => p.Judged).ToList();
        return Of(metric, judged) with
        {
            Correct = project.Task == TaskKind.Classification ? judged.Count(row => row.Actual == row.Predicted) : null,
            Classes =
            [
                .. (project.Task == TaskKind.Classification ? project.Labels : [])
                    .Select((label, index) => Recall(label, judged.Where(row => row.Actual == index)))
                    .Where(slice => slice.Rows > 0),
            ],
            Slices =
            [
                .. slices
                    .Where(slice => slice.Set == set)
                    .Select(slice =>
                        SliceEvaluation.Of(slice.Name, metric, slice.Rows.Select(row => rows[row].Judged))
                    ),
            ],
        };
    }

    /// <summary>The result of judged rows, without classes and slices.</summary>
    public static SetEvaluation Of(QualityMetric metric, IReadOnlyList<JudgedRow> rows)
    {
        var empty = new SetEvaluation { Rows = rows.Count, Metric = metric.Kind.Name };
        if (metric.FigureOf(rows) is not { } figure)
            return empty;
        return empty with
        {
            Value = figure.Value,
            Lower = figure.Lower,
            Upper = figure.Upper,
            Baseline = figure.Baseline,
        };
    }

    /// <summary>
    /// Such as <c>0.953 [0.921, 0.972], 262 of 275</c>, <c>41.3 [40.2, 42.5] on 275 rows</c>, or <c>unknown (no
    /// rows)</c>.
    /// </summary>
    /// <param name="which">Words before "rows", such as <c>held-out base</c>.</param>
    public string Text(string? which = null)
    {
        if (Rows == 0)
            return "unknown (no rows)";
        if (this is not { Value: { } value, Lower: { } lower, Upper: { } upper })
            return $"not defined for these {Rows} rows";
        var kind = MetricKind.Of(Metric);
        var rows =
            kind.Name != MetricKind.Accuracy
                ? $" on {Plural.Of(Rows, $"{which} row".TrimStart(), $"{which} rows".TrimStart())}"
            : which is null ? $", {Correct} of {Rows}"
            : $", {Correct} of {Rows} {which} rows,";
        return $"{kind.Text(value)} [{kind.Text(lower)}, {kind.Text(upper)}]{rows}";
    }

    private static SliceEvaluation Recall(string label, IEnumerable<JudgedRow> rows) =>
        SliceEvaluation.Of(label, Metrics.Of(MetricKind.Accuracy, []), rows);
}
