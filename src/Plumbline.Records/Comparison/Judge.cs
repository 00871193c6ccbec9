using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Comparison;

/// <param name="Report">Its <c>evaluation.json</c>.</param>
/// <param name="Predictions">Its <c>predictions.csv</c>.</param>
public sealed record Evaluated(EvaluationReport Report, IReadOnlyList<Prediction> Predictions);

/// <summary>
/// The rule by which a candidate wins. In this order, for each candidate:
/// <list type="number">
/// <item>It is refused if it is significantly worse than production on base rows, whatever it gains.</item>
/// <item>It is refused if it is significantly worse on recent rows.</item>
/// <item>Production stays if the candidate is not shown to be better: fewer than <c>retraining.minPaired</c> recent rows
/// distinguish the two, or the interval of the difference covers zero.</item>
/// <item>Otherwise it is accepted.</item>
/// </list>
/// The project's metric tells which one is better. Of two accepted candidates, the one with the better metric on recent
/// rows is recommended; of equals, the one with the better metric on base rows, and then the old one.
/// </summary>
public static class Judge
{
    /// <summary>Compares the candidates with production.</summary>
    /// <param name="project">The metric, and the evidence that it asks for.</param>
    /// <param name="old">The old candidate; null if it was left out.</param>
    /// <param name="new">The new candidate.</param>
    /// <param name="production">The model in production.</param>
    /// <param name="leftOut">The reason if <paramref name="old"/> is null.</param>
    public static ComparisonReport Compare(
        ProjectDescription project,
        Evaluated? old,
        Evaluated @new,
        Evaluated production,
        string? leftOut = null
    )
    {
        var oldReport = old is null ? null : Candidate(project, old, production);
        var newReport = Candidate(project, @new, production, oldReport is null ? leftOut : null);
        var recommended =
            newReport.IsAccepted
            && (oldReport is not { IsAccepted: true } || Rank(newReport).CompareTo(Rank(oldReport)) > 0)
                ? "new"
            : oldReport is { IsAccepted: true } ? "old"
            : "none";
        return new ComparisonReport
        {
            Old = oldReport,
            LeftOut = oldReport is null ? leftOut : null,
            New = newReport,
            Production = ModelFigures.Of(production.Report),
            Recommended = recommended,
            Reason = (
                Advice(recommended, oldReport, newReport, ModelFigures.Of(production.Report))
                + (oldReport is null ? $" {leftOut}" : "")
            ).TrimEnd(),
        };
    }

    private static CandidateReport Candidate(
        ProjectDescription project,
        Evaluated candidate,
        Evaluated production,
        string? leftOut = null
    )
    {
        var metric = project.Metric();
        var recent = PairedComparison.Of(Prediction.Recent, metric, candidate.Predictions, production.Predictions);
        var @base = PairedComparison.Of(Prediction.Base, metric, candidate.Predictions, production.Predictions);
        var (accepted, reason) = Verdict(recent, @base, project.Retraining.MinPaired);
        var figures = ModelFigures.Of(candidate.Report);
        return new CandidateReport
        {
            Accepted = accepted ? "true" : "false",
            Reason = $"{reason} {leftOut}".TrimEnd(),
            Figures = figures,
            Recent = recent,
            Base = @base,
        };
    }

    private static (bool Accepted, string Reason) Verdict(
        PairedComparison recent,
        PairedComparison @base,
        int minPaired
    )
    {
        if (@base.Worse)
            return (false, $"Refused: significantly worse than production on base rows, {@base.Text()}.");
        if (recent.Worse)
            return (false, $"Refused: significantly worse than production on recent rows, {recent.Text()}.");
        if (recent.Discordant < minPaired)
        {
            return (
                false,
                $"Keep production: on recent rows the two differ in only {recent.Discordant} of {recent.Rows}, and {minPaired} are needed to tell them apart."
            );
        }
        return recent.Better
            ? (
                true,
                $"Better than production on recent rows, {recent.Text()}, and not worse on base rows, {@base.Text()}."
            )
            : (false, $"Keep production: not shown to be better on recent rows, {recent.Text()}.");
    }

    private static (double Recent, double Base) Rank(CandidateReport candidate) =>
        (Goodness(candidate.Figures.Recent), Goodness(candidate.Figures.Base));

    private static double Goodness(SetEvaluation set) =>
        set.Value is not { } value ? double.NegativeInfinity
        : MetricKind.Of(set.Metric).HigherIsBetter ? value
        : -value;

    private static string Advice(
        string recommended,
        CandidateReport? old,
        CandidateReport @new,
        ModelFigures production
    )
    {
        if (recommended == "none")
            return $"Keep the model in production: {(old is null ? "" : $"old candidate {Short(old, production)}; ")}new candidate {Short(@new, production)}.";
        var taken = recommended == "old" ? old! : @new;
        return $"Take the {recommended} model: {Short(taken, production)}.";
    }

    private static string Short(CandidateReport candidate, ModelFigures production)
    {
        var (recent, @base) = (candidate.Figures.Recent, candidate.Figures.Base);
        var kind = MetricKind.Of(@base.Metric);
        return kind.Name == MetricKind.Accuracy
            ? $"right on {recent.Correct} of {recent.Rows} recent rows (production {production.Recent.Correct}) "
                + $"and on {@base.Correct} of {@base.Rows} base rows (production {production.Base.Correct})"
            : $"{kind.InSentence} {Value(recent)} on {recent.Rows} recent rows (production {Value(production.Recent)}) "
                + $"and {Value(@base)} on {@base.Rows} base rows (production {Value(production.Base)})";

        string Value(SetEvaluation set) => set.Value is { } value ? kind.Text(value) : "unknown";
    }
}
