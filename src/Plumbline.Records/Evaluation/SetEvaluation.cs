using Plumbline.Records.Statistics;

namespace Plumbline.Records.Evaluation;

/// <summary>The result on one set of rows. The shares are null where there are no rows.</summary>
public sealed record SetEvaluation
{
    /// <summary>How many rows.</summary>
    public required int Rows { get; init; }

    /// <summary>How many the model has right.</summary>
    public required int Correct { get; init; }

    /// <summary>The share it has right.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The lower end of Wilson's 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end.</summary>
    public double? Upper { get; init; }

    /// <summary>Every class that has rows, by its actual rows: accuracy is its recall.</summary>
    public IReadOnlyList<SliceEvaluation> Classes { get; init; } = [];

    /// <summary>The slices that the project asks for.</summary>
    public IReadOnlyList<SliceEvaluation> Slices { get; init; } = [];

    /// <summary>Counts.</summary>
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

    /// <summary>Evaluates one set of the predictions.</summary>
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

    /// <summary>Such as <c>0.953 [0.921, 0.972], 262 of 275</c>; <c>unknown (no rows)</c> without rows.</summary>
    public string Text() =>
        Rows == 0
            ? "unknown (no rows)"
            : FormattableString.Invariant($"{Accuracy:0.000} [{Lower:0.000}, {Upper:0.000}], {Correct} of {Rows}");
}

/// <summary>The result on a part of a set.</summary>
/// <param name="Name">The label, or <c>column = value</c>.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Correct">How many are right.</param>
/// <param name="Accuracy">Their share.</param>
/// <param name="Lower">The lower end of Wilson's 95 % interval.</param>
/// <param name="Upper">The upper end.</param>
public sealed record SliceEvaluation(string Name, int Rows, int Correct, double Accuracy, double Lower, double Upper)
{
    /// <summary>Counts rows.</summary>
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
