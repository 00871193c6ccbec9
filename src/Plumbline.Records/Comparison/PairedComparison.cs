using Plumbline.Records.Evaluation;
using Plumbline.Records.Statistics;

namespace Plumbline.Records.Comparison;

/// <summary>A candidate compared with production on the same rows of one set.</summary>
/// <param name="Rows">Rows in the set.</param>
/// <param name="Gained">Rows on which only the candidate is right.</param>
/// <param name="Lost">Rows on which only production is right.</param>
/// <param name="Difference">The candidate's accuracy minus production's.</param>
/// <param name="Lower">The lower end of the difference's 95 % interval, by paired bootstrap.</param>
/// <param name="Upper">The upper end of the same interval.</param>
/// <param name="PValue">McNemar's two-sided mid-p-value.</param>
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

    /// <summary>Rows on which exactly one of the two is right: only these rows can tell them apart.</summary>
    public int Discordant => Gained + Lost;

    /// <summary>True only if both tests agree: replacing the model in production takes strong evidence.</summary>
    public bool Better => Difference > 0 && Lower > 0 && PValue < Level;

    /// <summary>True if either test says so: keeping the model in production takes little evidence.</summary>
    public bool Worse => Difference < 0 && (Upper < 0 || PValue < Level);

    /// <exception cref="UserError">The two evaluations have different rows.</exception>
    public static PairedComparison Of(
        string set,
        IReadOnlyList<Prediction> candidate,
        IReadOnlyList<Prediction> production
    )
    {
        var theirs = production.Where(p => p.Set == set).ToDictionary(p => p.Row);
        var ours = candidate.Where(p => p.Set == set).ToList();
        var (gained, lost) = (0, 0);
        foreach (var row in ours)
        {
            if (!theirs.TryGetValue(row.Row, out var other) || other.Key != row.Key || other.Actual != row.Actual)
                throw new UserError(
                    "predictions.csv",
                    $"row {row.Row} of {set} is not the same row in both evaluations"
                );
            if (row.Right && !other.Right)
                gained++;
            else if (!row.Right && other.Right)
                lost++;
        }
        if (theirs.Count != ours.Count)
            throw new UserError(
                "predictions.csv",
                $"the evaluations have {ours.Count} and {theirs.Count} rows of {set}"
            );
        return Of(gained, lost, ours.Count);
    }

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

    /// <summary>Such as <c>won 31, lost 2 of 60 rows (+0.483 [+0.350, +0.617], p &lt; 0.001)</c>.</summary>
    public string Text()
    {
        var p = PValue < 0.001 ? "p < 0.001" : FormattableString.Invariant($"p = {PValue:0.000}");
        return FormattableString.Invariant(
            $"won {Gained}, lost {Lost} of {Rows} rows ({Difference:+0.000;-0.000;0} [{Lower:+0.000;-0.000;0}, {Upper:+0.000;-0.000;0}], {p})"
        );
    }
}
