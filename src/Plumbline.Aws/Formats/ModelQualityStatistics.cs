using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats;

/// <summary>
/// AWS's <c>statistics.json</c> of model quality, which is also the form of a registered <c>evaluation.json</c>.
/// Source: the SageMaker developer guide, model-monitor-model-quality-metrics.
/// </summary>
public static class ModelQualityStatistics
{
    /// <summary>With fewer rows, each standard deviation is <c>"NaN"</c>.</summary>
    public const int MinimumRows = 200;

    private const int Samples = 5;
    private const double SampleShare = 0.8;

    /// <summary>
    /// Makes the document: <c>binary_classification_metrics</c> for two labels, of which the second is the positive
    /// one.
    /// </summary>
    /// <param name="labels">Class names by class index.</param>
    /// <param name="evaluated">The time of the computation, UTC.</param>
    /// <param name="window">The period in which the rows were captured; null for a fixed data set.</param>
    /// <param name="scores">
    /// For two labels: each row's truth and its score for the positive label; null leaves the curves out.
    /// </param>
    public static JsonObject Document(
        IReadOnlyList<string> labels,
        ConfusionMatrix matrix,
        DateTimeOffset evaluated,
        (DateTimeOffset Start, DateTimeOffset End)? window = null,
        IReadOnlyList<(bool Positive, double Score)>? scores = null
    )
    {
        var binary = labels.Count == 2;
        return new JsonObject
        {
            ["version"] = 0.0,
            ["dataset"] = Dataset(matrix.Rows, evaluated, window),
            [binary ? "binary_classification_metrics" : "multiclass_classification_metrics"] = Metrics(
                labels,
                matrix,
                binary ? ModelQualityMetrics.Binary : ModelQualityMetrics.Multiclass,
                binary ? scores : null
            ),
        };
    }

    /// <summary>Makes the document of a regression: <c>mae</c>, <c>mse</c>, <c>rmse</c> and <c>r2</c>.</summary>
    /// <param name="rows">The truths and the predictions.</param>
    /// <inheritdoc cref="Document"/>
    public static JsonObject Regression(
        IReadOnlyList<(double Actual, double Predicted)> rows,
        DateTimeOffset evaluated,
        (DateTimeOffset Start, DateTimeOffset End)? window = null
    )
    {
        var random = new Random(1);
        var samples =
            rows.Count < MinimumRows
                ? []
                : Enumerable
                    .Range(0, Samples)
                    .Select(_ => RegressionMetrics.Of([.. rows.Where(_ => random.NextDouble() < SampleShare)]))
                    .ToArray();
        var metrics = new JsonObject();
        foreach (var (name, value) in RegressionMetrics.Of(rows))
            metrics[name] = Metric(value, samples.Select(sample => sample[name]));
        return new JsonObject
        {
            ["version"] = 0.0,
            ["dataset"] = Dataset(rows.Count, evaluated, window),
            ["regression_metrics"] = metrics,
        };
    }

    private static JsonObject Dataset(
        long rows,
        DateTimeOffset evaluated,
        (DateTimeOffset Start, DateTimeOffset End)? window
    )
    {
        var dataset = new JsonObject { ["item_count"] = rows };
        if (window is var (start, end))
        {
            dataset["start_time"] = Text(start);
            dataset["end_time"] = Text(end);
        }
        dataset["evaluation_time"] = Text(evaluated);
        return dataset;
    }

    private static JsonObject Metrics(
        IReadOnlyList<string> labels,
        ConfusionMatrix matrix,
        Func<ConfusionMatrix, Dictionary<string, double>> compute,
        IReadOnlyList<(bool Positive, double Score)>? scores
    )
    {
        var metrics = new JsonObject { ["confusion_matrix"] = Counts(labels, matrix) };
        var values = compute(matrix);
        var random = new Random(1);
        var samples =
            matrix.Rows < MinimumRows
                ? []
                : Enumerable.Range(0, Samples).Select(_ => compute(matrix.Sample(SampleShare, random))).ToArray();
        foreach (var (name, value) in values)
            metrics[name] = Metric(value, samples.Select(sample => sample[name]));
        if (scores is { Count: > 0 })
            ScoreCurves.Add(metrics, scores);
        return metrics;
    }

    private static JsonObject Counts(IReadOnlyList<string> labels, ConfusionMatrix matrix)
    {
        var counts = new JsonObject();
        for (var actual = 0; actual < labels.Count; actual++)
        {
            var row = new JsonObject();
            for (var predicted = 0; predicted < labels.Count; predicted++)
                row[labels[predicted]] = matrix[actual, predicted];
            counts[labels[actual]] = row;
        }
        return counts;
    }

    private static JsonObject Metric(double value, IEnumerable<double> samples) =>
        new() { ["value"] = value, ["standard_deviation"] = Deviation(samples.ToArray()) };

    private static JsonNode Deviation(double[] samples)
    {
        if (samples.Length < 2)
            return "NaN";
        var mean = samples.Average();
        return Math.Sqrt(samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Length - 1));
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
}
