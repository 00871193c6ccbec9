using Plumbline.Records.Statistics;

namespace Plumbline.Records.Evaluation;

/// <summary>The result on one set of rows. Without rows, the shares are null.</summary>
public sealed record SetEvaluation
{
    public required int Rows { get; init; }

    /// <summary>Rows with a correct prediction.</summary>
    public required int Correct { get; init; }

    /// <summary>The share of correct predictions.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The lower end of Wilson's 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of the same interval.</summary>
    public double? Upper { get; init; }

    /// <summary>The classes of the actual rows; the accuracy of a class is its recall.</summary>
    public IReadOnlyList<SliceEvaluation> Classes { get; init; } = [];

    /// <summary>The slices that the project asks for.</summary>
    public IReadOnlyList<SliceEvaluation> Slices { get; init; } = [];

    public static SetEvaluation Of(int correct, int rows)
    {
        if (rows == 0)
            return new SetEvaluation { Rows = 0, Correct = 0 };
        var interval = Wilson.Of(correct, rows);
        return new SetEvaluation
        {
            Rows = rows,
            Correct = correct,
            Accuracy = interval.Value,
            Lower = interval.Lower,
            Upper = interval.Upper,
        };
    }

    public static SetEvaluation Of(
        string set,
        IReadOnlyList<string> labels,
        IReadOnlyList<Prediction> predictions,
        IReadOnlyList<Slice> slices
    )
    {
        var rows = predictions.Where(p => p.Set == set).ToDictionary(p => p.Row);
        return Of(rows.Values.Count(p => p.Right), rows.Count) with
        {
            Classes =
            [
                .. labels
                    .Select((label, index) => SliceEvaluation.Of(label, rows.Values.Where(p => p.Actual == index)))
                    .Where(slice => slice.Rows > 0),
            ],
            Slices =
            [
                .. slices
                    .Where(slice => slice.Set == set)
                    .Select(slice => SliceEvaluation.Of(slice.Name, slice.Rows.Select(row => rows[row]))),
            ],
        };
    }

    /// <summary>Such as <c>0.953 [0.921, 0.972], 262 of 275</c>, or <c>unknown (no rows)</c>.</summary>
    public string Text() =>
        Rows == 0
            ? "unknown (no rows)"
            : FormattableString.Invariant($"{Accuracy:0.000} [{Lower:0.000}, {Upper:0.000}], {Correct} of {Rows}");
}

/// <param name="Name">The label, or <c>column = value</c>.</param>
/// <param name="Correct">Rows with a correct prediction.</param>
/// <param name="Accuracy">The share of correct predictions.</param>
/// <param name="Lower">The lower end of Wilson's 95 % interval.</param>
/// <param name="Upper">The upper end of the same interval.</param>
public sealed record SliceEvaluation(string Name, int Rows, int Correct, double Accuracy, double Lower, double Upper)
{
    public static SliceEvaluation Of(string name, IEnumerable<Prediction> predictions)
    {
        var all = predictions.ToList();
        var correct = all.Count(p => p.Right);
        var interval = Wilson.Of(correct, all.Count);
        return new SliceEvaluation(
            name,
            all.Count,
            correct,
            all.Count == 0 ? 0 : interval.Value,
            interval.Lower,
            interval.Upper
        );
    }
}
