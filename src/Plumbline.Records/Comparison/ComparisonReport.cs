using System.Text.Json.Serialization;
using Plumbline.Records.Evaluation;

namespace Plumbline.Records.Comparison;

/// <summary>The result of the comparison: <c>comparison.json</c>. It never mixes recent and base rows.</summary>
public sealed record ComparisonReport
{
    /// <summary>
    /// The candidate that continues production's model on the new data set; null if it was left out.
    /// </summary>
    public CandidateReport? Old { get; init; }

    /// <summary>The reason why <see cref="Old"/> was left out, in one sentence; null if it was not.</summary>
    public string? LeftOut { get; init; }

    /// <summary>The candidate trained from scratch on the new data set; null in a refresh.</summary>
    public CandidateReport? New { get; init; }

    /// <summary>The blend of recipes; null without one.</summary>
    public CandidateReport? Blend { get; init; }

    /// <summary>The model in production on the same rows.</summary>
    public required ModelFigures Production { get; init; }

    /// <summary>The candidate to take: <c>blend</c>, <c>old</c> or <c>new</c>; <c>none</c> keeps production.</summary>
    public required string Recommended { get; init; }

    /// <summary>The recommendation in one sentence with figures.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The most by which a candidate may be better than production on recent rows, at 95 %; null with too few rows.
    /// </summary>
    public double? MostGain() => new[] { Old, New, Blend }.OfType<CandidateReport>().Max(one => one.Recent.MostGain());

    /// <summary>The result of a candidate by its role; null for a role that was not compared.</summary>
    public CandidateReport? Of(string role) =>
        role switch
        {
            "old" => Old,
            "new" => New,
            "blend" => Blend,
            _ => null,
        };
}

public sealed record CandidateReport
{
    /// <summary>
    /// <c>true</c> registers the candidate as pending, <c>false</c> as rejected. It is text, because pipeline
    /// conditions compare text.
    /// </summary>
    public required string Accepted { get; init; }

    /// <summary>
    /// The reason in one sentence with figures, at most 1,024 characters (AWS's limit for ApprovalDescription).
    /// </summary>
    public required string Reason { get; init; }

    public required ModelFigures Figures { get; init; }

    /// <summary>The comparison with production on recent rows, which decides.</summary>
    public required PairedComparison Recent { get; init; }

    /// <summary>The comparison with production on base rows, which guards against regressions.</summary>
    public required PairedComparison Base { get; init; }

    /// <summary>The approval status of the registered version, in AWS's words.</summary>
    public string ApprovalStatus => IsAccepted ? "PendingManualApproval" : "Rejected";

    /// <summary><see cref="Accepted"/> as a Boolean.</summary>
    [JsonIgnore]
    public bool IsAccepted => Accepted == "true";
}

/// <summary>A model's results on the two sets.</summary>
/// <param name="Recent">The result on held-out audit-sample rows.</param>
/// <param name="Base">The result on held-out base rows.</param>
public sealed record ModelFigures(SetEvaluation Recent, SetEvaluation Base)
{
    /// <summary>Takes the totals of an evaluation, without classes and slices.</summary>
    public static ModelFigures Of(EvaluationReport report) => new(Totals(report.Recent), Totals(report.Base));

    private static SetEvaluation Totals(SetEvaluation set) => set with { Classes = [], Slices = [] };
}
