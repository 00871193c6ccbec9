using System.Text.Json.Serialization;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Evaluation;

/// <summary>The result on the rows of one class, or of one value of a column.</summary>
public sealed record SliceEvaluation
{
    /// <summary>The label, or <c>column = value</c>.</summary>
    public required string Name { get; init; }

    public required int Rows { get; init; }

    /// <summary>The recall of a class, or the metric of a slice; null if it is not defined for the rows.</summary>
    public double? Value { get; init; }

    /// <summary>The lower end of the 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of the same interval.</summary>
    public double? Upper { get; init; }

    /// <summary>The figure of records from before there were other metrics than accuracy.</summary>
    [JsonInclude]
    private double? Accuracy
    {
        init => Value ??= value;
    }

    public static SliceEvaluation Of(string name, QualityMetric metric, IEnumerable<JudgedRow> rows)
    {
        var all = rows.ToList();
        var slice = new SliceEvaluation { Name = name, Rows = all.Count };
        return all.Count == 0 || metric.Measure(all) is not { Value: not double.NaN } figure
            ? slice
            : slice with
            {
                Value = figure.Value,
                Lower = figure.Lower,
                Upper = figure.Upper,
            };
    }
}
