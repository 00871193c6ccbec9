using System.Text.Json.Serialization;
using Plumbline.Records.Evaluation;

namespace Plumbline.Records.Comparison;

/// <summary>The result of the comparison: <c>comparison.json</c>. Recent and base are never pooled.</summary>
public sealed record ComparisonReport
{
    /// <summary>Production, continued on the new data set.</summary>
    public required CandidateReport Old { get; init; }

    /// <summary>From scratch on the new data set.</summary>
    public required CandidateReport New { get; init; }

    /// <summary>The model in production on the same rows.</summary>
    public required ModelFigures Production { get; init; }

    /// <summary>The candidate to take: <c>old</c>, <c>new</c>, or <c>none</c>: keep production.</summary>
    public required string Recommended { get; init; }

    /// <summary>The advice in one sentence with figures.</summary>
    public required string Reason { get; init; }
}

/// <summary>One candidate.</summary>
public sealed record CandidateReport
{
    /// <summary><c>true</c>: registered as Pending; <c>false</c>: as Rejected. Text, because pipeline conditions compare text.</summary>
    public required string Accepted { get; init; }

    /// <summary>Why, in one sentence with figures, at most 1,024 characters (AWS's limit for ApprovalDescription).</summary>
    public required string Reason { get; init; }

    /// <summary>Accuracy on recent rows, on base rows where there are no recent ones.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>Its figures.</summary>
    public required ModelFigures Figures { get; init; }

    /// <summary>Against production on recent rows: decides.</summary>
    public required PairedComparison Recent { get; init; }

    /// <summary>Against production on base rows: the guard.</summary>
    public required PairedComparison Base { get; init; }

    /// <summary>The status that it is registered with, in AWS's words.</summary>
    public string ApprovalStatus => IsAccepted ? "PendingManualApproval" : "Rejected";

    /// <summary><see cref="Accepted"/> as a truth value.</summary>
    [JsonIgnore]
    public bool IsAccepted => Accepted == "true";
}

/// <summary>A model's figures on the two sets.</summary>
/// <param name="Recent">On held-out audit-sample rows.</param>
/// <param name="Base">On held-out base rows.</param>
public sealed record ModelFigures(SetEvaluation Recent, SetEvaluation Base)
{
    /// <summary>The figures of an evaluation, without classes and slices.</summary>
    public static ModelFigures Of(EvaluationReport report) => new(Totals(report.Recent), Totals(report.Base));

    private static SetEvaluation Totals(SetEvaluation set) => set with { Classes = [], Slices = [] };
}
