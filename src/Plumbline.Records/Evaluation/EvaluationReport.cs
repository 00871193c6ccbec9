using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Evaluation;

/// <summary>
/// The quality of a model on the held-out rows. <c>evaluation.json</c> is AWS's document over the base set, with this
/// record as its <c>plumbline</c> member.
/// </summary>
public sealed record EvaluationReport
{
    /// <summary><c>old</c>, <c>new</c>, <c>production</c> or <c>first</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The result on held-out rows of the audit sample; without rows before the first corrections.</summary>
    public required SetEvaluation Recent { get; init; }

    /// <summary>The result on held-out rows of the base data.</summary>
    public required SetEvaluation Base { get; init; }

    /// <summary>
    /// <c>true</c> or <c>false</c>, as text because pipeline conditions compare text; only for a first model.
    /// </summary>
    public string? Accepted { get; init; }

    /// <summary>The reason in one sentence with figures; only for a first model.</summary>
    public string? Reason { get; init; }

    /// <summary>The approval status of a first model, in AWS's words.</summary>
    public string? ApprovalStatus =>
        Accepted switch
        {
            "true" => "PendingManualApproval",
            "false" => "Rejected",
            _ => null,
        };

    /// <param name="role"><c>old</c>, <c>new</c>, <c>production</c> or <c>first</c>.</param>
    /// <param name="project">Task, labels, metric, threshold.</param>
    /// <param name="predictions">The predictions of both sets.</param>
    /// <param name="slices">Additional slices: the set, the slice's name, and the rows' places in the set.</param>
    public static EvaluationReport Of(
        string role,
        ProjectDescription project,
        IReadOnlyList<Prediction> predictions,
        IReadOnlyList<Slice> slices
    )
    {
        var report = new EvaluationReport
        {
            Role = role,
            Recent = SetEvaluation.Of(Prediction.Recent, project, predictions, slices),
            Base = SetEvaluation.Of(Prediction.Base, project, predictions, slices),
        };
        return role == "first" ? report.JudgeFirst(project.Quality.Threshold) : report;
    }

    /// <summary>Makes AWS's document with this record inside.</summary>
    public JsonObject ToDocument(
        ProjectDescription project,
        IReadOnlyList<Prediction> predictions,
        DateTimeOffset evaluated
    )
    {
        var judged = predictions.Where(p => p.Set == Prediction.Base).Select(p => p.Judged).ToList();
        var document = QualityStatistics.Document(project, judged, evaluated);
        document["plumbline"] = JsonSerializer.SerializeToNode(this, RecordJson.Compact);
        return document;
    }

    /// <exception cref="UserError">The text is not an evaluation that Plumbline wrote.</exception>
    public static EvaluationReport FromDocument(string json, string place)
    {
        try
        {
            var ours = JsonNode.Parse(json)?["plumbline"];
            return ours?.Deserialize<EvaluationReport>(RecordJson.Compact)
                ?? throw new UserError(place, "has no member 'plumbline'");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UserError(place, $"is not an evaluation: {e.Message}");
        }
    }

    /// <summary>
    /// Refuses a first model only if the rows prove it too bad: a threshold inside the interval may be reached.
    /// </summary>
    private EvaluationReport JudgeFirst(double threshold)
    {
        var kind = MetricKind.Of(Base.Metric);
        if (this is not { Base: { Value: { } value, Lower: { } lower, Upper: { } upper } })
            return Judged(false, $"{kind.InSentence} is not defined for the held-out base rows.");
        var reached = !kind.Misses(kind.HigherIsBetter ? upper : lower, threshold);
        var than =
            !kind.Misses(value, threshold) ? $"{(kind.HigherIsBetter ? "reaches" : "keeps to")} the threshold {Limit()}"
            : reached ? $"is {kind.WrongSide} the threshold {Limit()}, but its interval reaches it"
            : $"is {kind.WrongSide} the threshold {Limit()} with its whole interval";
        return Judged(reached, $"{kind.InSentence} {Base.Text("held-out base")} {than}.");

        string Limit() => threshold.ToString("0.###", CultureInfo.InvariantCulture);
    }

    private EvaluationReport Judged(bool accepted, string reason) =>
        this with
        {
            Accepted = accepted ? "true" : "false",
            Reason = "First model: " + reason,
        };
}

/// <param name="Set"><c>recent</c> or <c>base</c>.</param>
/// <param name="Name">Such as <c>region = north</c>.</param>
/// <param name="Rows">The rows' places in the set.</param>
public sealed record Slice(string Set, string Name, IReadOnlyList<int> Rows);
