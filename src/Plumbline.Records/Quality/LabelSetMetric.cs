using Plumbline.Records.Statistics;

namespace Plumbline.Records.Quality;

/// <summary>
/// A metric of sets of labels. The loss of a row is the share of labels that are wrong; for the subset accuracy, whether
/// any is. F1 over all labels counts a label that nowhere occurs as 0, like scikit-learn.
/// </summary>
/// <param name="kind">The name and the direction.</param>
/// <param name="labels">The number of the project's labels.</param>
internal sealed class LabelSetMetric(MetricKind kind, int labels) : QualityMetric(kind)
{
    public override bool IsShareOfRows => Kind.Name == MetricKind.SubsetAccuracy;

    public override double Loss(in JudgedRow row) =>
        !IsShareOfRows ? row.Predicted
        : row.Predicted > 0 ? 1
        : 0;

    /// <summary>Wilson's interval for the share of rows without a wrong label; else the bootstrap's.</summary>
    public override Interval Measure(IReadOnlyList<JudgedRow> rows) =>
        IsShareOfRows ? Wilson.Of(rows.Count(row => row.Predicted == 0), rows.Count) : base.Measure(rows);

    internal override Func<int[]?, double> Over(JudgedRow[] rows) =>
        Kind.Name switch
        {
            "f1_macro" => drawn => Counts(rows, drawn).Average(one => F1(one.Right, one.All)),
            "f1_micro" => drawn =>
            {
                var counts = Counts(rows, drawn);
                return F1(counts.Sum(one => one.Right), counts.Sum(one => one.All));
            },
            _ => drawn => Mean(rows, drawn),
        };

    /// <summary>The answer with every label that most of the truths have.</summary>
    protected override JudgedRow[] BestGuess(IReadOnlyList<JudgedRow> rows)
    {
        var counts = new int[labels];
        foreach (var label in rows.SelectMany(row => row.Sets!.Truth))
            counts[label]++;
        int[] guess = [.. Enumerable.Range(0, labels).Where(label => 2 * counts[label] > rows.Count)];
        return
        [
            .. rows.Select(row =>
            {
                var sets = row.Sets! with { Answer = guess };
                return row with { Predicted = sets.Wrong() / (double)labels, Sets = sets };
            }),
        ];
    }

    private double Mean(JudgedRow[] rows, int[]? drawn)
    {
        var (sum, count) = (0.0, 0L);
        for (var i = 0; i < rows.Length; i++)
        {
            var times = drawn?[i] ?? 1;
            sum += times * Loss(rows[i]);
            count += times;
        }
        return count == 0 ? double.NaN
            : IsShareOfRows ? 1 - sum / count
            : sum / count;
    }

    /// <summary>For each label, the truths that were found, and the truths plus the answers.</summary>
    private (long Right, long All)[] Counts(JudgedRow[] rows, int[]? drawn)
    {
        var counts = new (long Right, long All)[labels];
        for (var i = 0; i < rows.Length; i++)
        {
            var times = drawn?[i] ?? 1;
            if (times == 0)
                continue;
            var (truth, answer) = (rows[i].Sets!.Truth, rows[i].Sets!.Answer);
            foreach (var label in truth)
                counts[label].All += times;
            foreach (var label in answer)
            {
                counts[label].All += times;
                if (Array.IndexOf(truth, label) >= 0)
                    counts[label].Right += times;
            }
        }
        return counts;
    }

    private static double F1(long right, long all) => all == 0 ? 0 : 2.0 * right / all;
}
