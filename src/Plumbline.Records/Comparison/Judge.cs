using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;

namespace Plumbline.Records.Comparison;

/// <param name="Report">Its <c>evaluation.json</c>.</param>
/// <param name="Predictions">Its <c>predictions.csv</c>.</param>
public sealed record Evaluated(EvaluationReport Report, IReadOnlyList<Prediction> Predictions);

/// <summary>
/// The rule by which a candidate wins (<see cref="BurdenOfProof"/>): it is refused if it is significantly worse than
/// production on recent rows, which neither has seen, or if base rows hold it. With <c>quality.guardBase</c>, a significant
/// loss on base rows is enough. The project's metric tells which one is better. Of two accepted candidates, the one with
/// the better metric on recent rows is recommended; of equals, the one with the better metric on base rows, and then the
/// old one.
/// </summary>
public static class Judge
{
    /// <summary>AWS's limit for ApprovalDescription.</summary>
    private const int MostText = 1024;

    /// <summary>Compares the candidates with production.</summary>
    /// <param name="project">The metric and the rules.</param>
    /// <param name="old">Production's model, continued; null if it was left out.</param>
    /// <param name="new">The model from scratch.</param>
    /// <param name="production">The model in production.</param>
    /// <param name="blend">
    /// The blend, which is recommended if it is accepted, unless the better of the other accepted candidates is
    /// shown to be better than it on recent rows.
    /// </param>
    /// <param name="parts">The blend's parts.</param>
    /// <param name="leftOut">The reason if <paramref name="old"/> is null.</param>
    public static ComparisonReport Compare(
        ProjectDescription project,
        Evaluated? old,
        Evaluated @new,
        Evaluated production,
        Evaluated? blend = null,
        BlendReport? parts = null,
        string? leftOut = null
    )
    {
        var oldReport = old is null ? null : Candidate(project, old, production, parts);
        var newReport = Candidate(project, @new, production, parts, oldReport is null ? leftOut : null);
        var blendReport = blend is null ? null : Blended(Candidate(project, blend, production, parts), parts);
        var recommended =
            newReport.IsAccepted
            && (oldReport is not { IsAccepted: true } || Rank(newReport).CompareTo(Rank(oldReport)) > 0)
                ? "new"
            : oldReport is { IsAccepted: true } ? "old"
            : "none";
        PairedComparison? better = null;
        if (blendReport is { IsAccepted: true })
        {
            better = recommended == "none" ? null : Better(project, blend!, recommended == "old" ? old! : @new);
            recommended = better is null ? "blend" : recommended;
        }
        return new ComparisonReport
        {
            Old = oldReport,
            LeftOut = oldReport is null ? leftOut : null,
            New = newReport,
            Blend = blendReport,
            Production = ModelFigures.Of(production.Report),
            Recommended = recommended,
            Reason = (
                Advice(recommended, oldReport, newReport, blendReport, ModelFigures.Of(production.Report))
                + (better is null ? "" : $" It is better than the blend on recent rows, {better.Text()}.")
                + (oldReport is null ? $" {leftOut}" : "")
            ).TrimEnd(),
        };
    }

    /// <summary>Compares the blend of a refresh, which is its only candidate, with production.</summary>
    /// <param name="project">The metric and the rules.</param>
    /// <param name="blend">The blend.</param>
    /// <param name="production">The model in production.</param>
    /// <param name="parts">The blend's parts.</param>
    public static ComparisonReport Refreshed(
        ProjectDescription project,
        Evaluated blend,
        Evaluated production,
        BlendReport? parts
    )
    {
        var report = Blended(Candidate(project, blend, production, parts), parts);
        var figures = ModelFigures.Of(production.Report);
        var recommended = report.IsAccepted ? "blend" : "none";
        return new ComparisonReport
        {
            Blend = report,
            Production = figures,
            Recommended = recommended,
            Reason = Advice(recommended, old: null, @new: null, report, figures),
        };
    }

    /// <summary>
    /// Compares another accepted candidate with the blend; null unless it is shown to be better. Its weights follow the
    /// models of the execution before, which an abrupt change can leave far behind.
    /// </summary>
    private static PairedComparison? Better(ProjectDescription project, Evaluated blend, Evaluated other)
    {
        var recent = PairedComparison.Of(Prediction.Recent, project.Metric(), other.Predictions, blend.Predictions);
        return recent.Better ? recent : null;
    }

    private static CandidateReport Candidate(
        ProjectDescription project,
        Evaluated candidate,
        Evaluated production,
        BlendReport? parts,
        string? leftOut = null
    )
    {
        var metric = project.Metric();
        var recent = PairedComparison.Of(Prediction.Recent, metric, candidate.Predictions, production.Predictions);
        var @base = PairedComparison.Of(Prediction.Base, metric, candidate.Predictions, production.Predictions);
        var (accepted, reason) = Verdict(recent, @base, parts?.FirstBehind, project.Quality.GuardBase);
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
        FirstBehind? behind,
        bool guardBase
    )
    {
        if (recent.Worse)
            return (false, $"Refused: significantly worse than production on recent rows, {recent.Text()}.");
        var onRecent = recent.Rows == 0 ? "no recent row judges it" : $"on recent rows it {recent.Text()}";
        if (BurdenOfProof.KeepsProduction(recent, @base, behind is not null, guardBase))
        {
            var why = guardBase ? "quality.guardBase protects them" : "more than it gains on recent rows";
            return (
                false,
                $"Refused: significantly worse than production on base rows, {@base.Text()}, {why}; {onRecent}."
            );
        }
        if (@base.Worse)
        {
            var why =
                -@base.Difference <= recent.Difference ? $"but it gains more on recent rows, {recent.Text()}"
                : recent.Better ? $"but it is better on recent rows, {recent.Text()}"
                : $"{onRecent}. {behind!.Text()}";
            return (true, $"Worse than production on base rows, {@base.Text()}, {why}.");
        }
        return recent.Better
            ? (
                true,
                $"Better than production on recent rows, {recent.Text()}, and not worse on base rows, {@base.Text()}."
            )
            : (true, $"Not worse than production: {onRecent}, on base rows it {@base.Text()}.");
    }

    private static (double Recent, double Base) Rank(CandidateReport candidate) =>
        (Goodness(candidate.Figures.Recent), Goodness(candidate.Figures.Base));

    private static double Goodness(SetEvaluation set) =>
        set.Value is not { } value ? double.NegativeInfinity
        : MetricKind.Of(set.Metric).HigherIsBetter ? value
        : -value;

    private static CandidateReport Blended(CandidateReport blend, BlendReport? parts)
    {
        var reason = parts is null ? blend.Reason : $"{blend.Reason} {parts.Reason}";
        return blend with { Reason = reason.Length > MostText ? reason[..(MostText - 3)] + "..." : reason };
    }

    private static string Advice(
        string recommended,
        CandidateReport? old,
        CandidateReport? @new,
        CandidateReport? blend,
        ModelFigures production
    )
    {
        if (recommended == "none")
        {
            var candidates = new[] { ("old candidate", old), ("new candidate", @new), ("blend", blend) };
            return $"Keep the model in production: {string.Join("; ", from one in candidates where one.Item2 is not null select $"{one.Item1} {Short(one.Item2, production)}")}.";
        }
        if (recommended == "blend")
            return $"Take the blend: {Short(blend!, production)}.";
        var taken = recommended == "old" ? old! : @new!;
        return $"Take the {recommended} model: {Short(taken, production)}.";
    }

    private static string Short(CandidateReport candidate, ModelFigures production)
    {
        var (recent, @base) = (candidate.Figures.Recent, candidate.Figures.Base);
        var kind = MetricKind.Of(@base.Metric);
        if (recent.Rows == 0)
            return $"{kind.InSentence} {Value(@base)} on {@base.Rows} base rows (production {Value(production.Base)}), no recent rows";
        return kind.Name == MetricKind.Accuracy
            ? $"right on {recent.Correct} of {recent.Rows} recent rows (production {production.Recent.Correct}) "
                + $"and on {@base.Correct} of {@base.Rows} base rows (production {production.Base.Correct})"
            : $"{kind.InSentence} {Value(recent)} on {recent.Rows} recent rows (production {Value(production.Recent)}) "
                + $"and {Value(@base)} on {@base.Rows} base rows (production {Value(production.Base)})";

        string Value(SetEvaluation set) => set.Value is { } value ? kind.Text(value) : "unknown";
    }
}
