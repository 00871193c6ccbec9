using Plumbline.Records.Evaluation;
using Plumbline.Records.Quality;
using Plumbline.Records.Statistics;

namespace Plumbline.Records.Comparison;

/// <summary>A candidate compared with production on the same rows of one set.</summary>
/// <param name="Rows">Rows in the set.</param>
/// <param name="Gained">Rows on which the candidate's loss is smaller: in a classification, only it is right.</param>
/// <param name="Lost">Rows on which production's loss is smaller.</param>
/// <param name="Difference">By how much the candidate's metric is better; negative if it is worse.</param>
/// <param name="Lower">The lower end of the difference's 95 % interval, by paired bootstrap.</param>
/// <param name="Upper">The upper end of the same interval.</param>
/// <param name="PValue">McNemar's two-sided mid-p-value for a share of the rows; else the bootstrap's.</param>
public sealed record PairedComparison(
    int Rows,
    int Gained,
    int Lost,
    double Difference,
    double Lower,
    double Upper,
    double PValue
)
{
    private const double Level = 0.05;
    private const int FewRows = 100;

    /// <summary>The metric that both models are compared by.</summary>
    public string Metric { get; init; } = MetricKind.Accuracy;

    /// <summary>The candidate's metric; null for accuracy, which the counts of rows tell, or if it is not defined.</summary>
    public double? Candidate { get; init; }

    /// <inheritdoc cref="Candidate"/>
    public double? Production { get; init; }

    /// <summary>Rows with different losses: only these rows can tell the two apart.</summary>
    public int Discordant => Gained + Lost;

    /// <summary>True only if both tests agree: replacing the model in production takes strong evidence.</summary>
    public bool Better => Difference > 0 && Lower > 0 && PValue < Level;

    /// <summary>
    /// The most that the difference may be, at 95 %; null with too few rows. If no row differs, an interval from these rows
    /// has no width: three differing rows of a larger set would then still be likely (the rule of three).
    /// </summary>
    public double? MostGain() =>
        Rows < FewRows ? null
        : Discordant > 0 ? Upper
        : Metric == MetricKind.Accuracy ? 3.0 / Rows
        : null;

    /// <summary>True if either test says so: keeping the model in production takes little evidence.</summary>
    public bool Worse => Difference < 0 && (Upper < 0 || PValue < Level);

    /// <exception cref="UserError">The two evaluations have different rows.</exception>
    public static PairedComparison Of(
        string set,
        QualityMetric metric,
        IReadOnlyList<Prediction> candidate,
        IReadOnlyList<Prediction> production
    )
    {
        var theirs = production.Where(p => p.Set == set).ToDictionary(p => p.Row);
        var (ours, others) = (new List<JudgedRow>(), new List<JudgedRow>());
        foreach (var row in candidate.Where(p => p.Set == set))
        {
            if (!theirs.TryGetValue(row.Row, out var other) || other.Key != row.Key || other.Actual != row.Actual)
                throw new UserError(
                    "predictions.csv",
                    $"row {row.Row} of {set} is not the same row in both evaluations"
                );
            ours.Add(row.Judged);
            others.Add(other.Judged);
        }
        if (theirs.Count != ours.Count)
            throw new UserError(
                "predictions.csv",
                $"the evaluations have {ours.Count} and {theirs.Count} rows of {set}"
            );
        return Of(metric, [.. ours], [.. others]);
    }

    /// <param name="metric">The metric that decides.</param>
    /// <param name="candidate">The candidate's predictions.</param>
    /// <param name="production">Production's predictions for the same rows, in the same order.</param>
    public static PairedComparison Of(QualityMetric metric, JudgedRow[] candidate, JudgedRow[] production)
    {
        var (gained, lost) = (0, 0);
        for (var i = 0; i < candidate.Length; i++)
        {
            var (ours, theirs) = (metric.Loss(candidate[i]), metric.Loss(production[i]));
            gained += ours < theirs ? 1 : 0;
            lost += ours > theirs ? 1 : 0;
        }
        if (metric.Kind.Name == MetricKind.Accuracy)
            return Of(gained, lost, candidate.Length);
        var (mine, other) = (metric.Over(candidate), metric.Over(production));
        if (metric.IsShareOfRows && candidate.Length > 0)
            return Of(gained, lost, candidate.Length) with
            {
                Metric = metric.Kind.Name,
                Candidate = mine(null),
                Production = other(null),
            };
        var (difference, pValue) = Bootstrap.OfDifference(
            candidate.Length,
            drawn => metric.Kind.Gain(mine(drawn), other(drawn))
        );
        return double.IsNaN(difference.Value)
            ? new PairedComparison(candidate.Length, gained, lost, 0, 0, 0, 1) { Metric = metric.Kind.Name }
            : new PairedComparison(
                candidate.Length,
                gained,
                lost,
                difference.Value,
                difference.Lower,
                difference.Upper,
                pValue
            )
            {
                Metric = metric.Kind.Name,
                Candidate = mine(null),
                Production = other(null),
            };
    }

    /// <summary>Compares the accuracies of two models by the rows on which only one is right.</summary>
    public static PairedComparison Of(int gained, int lost, int rows)
    {
        var difference = PairedBootstrap.Difference(gained, lost, rows, seed: 1);
        return new PairedComparison(
            rows,
            gained,
            lost,
            difference.Value,
            difference.Lower,
            difference.Upper,
            McNemar.MidP(gained, lost)
        );
    }

    /// <summary>
    /// Such as <c>won 31, lost 2 of 60 rows (+0.483 [+0.350, +0.617], p &lt; 0.001)</c>, or <c>RMSE 41.2 instead of
    /// 68.9 on 60 rows (better by 27.7 [21.0, 34.1], p &lt; 0.001)</c>.
    /// </summary>
    public string Text()
    {
        var p = PValue < 0.001 ? "p < 0.001" : FormattableString.Invariant($"p = {PValue:0.000}");
        if (Metric == MetricKind.Accuracy)
            return FormattableString.Invariant(
                $"won {Gained}, lost {Lost} of {Rows} rows ({Difference:+0.000;-0.000;0} [{Lower:+0.000;-0.000;0}, {Upper:+0.000;-0.000;0}], {p})"
            );
        var kind = MetricKind.Of(Metric);
        if (this is not { Candidate: { } candidate, Production: { } production })
            return $"{kind.InSentence} is not defined for these {Rows} rows";
        var (change, least, most, word) =
            Difference < 0 ? (-Difference, -Upper, -Lower, "worse") : (Difference, Lower, Upper, "better");
        return $"{kind.InSentence} {kind.Text(candidate)} instead of {kind.Text(production)} on {Rows} rows "
            + $"({word} by {kind.Text(change)} [{kind.Text(least)}, {kind.Text(most)}], {p})";
    }
}
