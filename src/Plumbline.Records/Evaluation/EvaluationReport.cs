using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Records.Project;

namespace Plumbline.Records.Evaluation;

/// <summary>
/// How good a model is on the held-out rows; <c>evaluation.json</c> is AWS's document over the base set with this record
/// as its <c>plumbline</c> member.
/// </summary>
public sealed record EvaluationReport
{
    /// <summary><c>old</c>, <c>new</c>, <c>production</c> or <c>first</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Held-out rows of the audit sample; none before the first corrections.</summary>
    public required SetEvaluation Recent { get; init; }

    /// <summary>Held-out rows of the base data.</summary>
    public required SetEvaluation Base { get; init; }

    /// <summary><c>true</c> or <c>false</c>, as text because pipeline conditions compare text; only for a first model.</summary>
    public string? Accepted { get; init; }

    /// <summary>Why, in one sentence with figures; only for a first model.</summary>
    public string? Reason { get; init; }

    /// <summary>The status that a first model is registered with, in AWS's words.</summary>
    public string? ApprovalStatus =>
        Accepted switch
        {
            "true" => "PendingManualApproval",
            "false" => "Rejected",
            _ => null,
        };

    /// <summary>Evaluates predictions.</summary>
    /// <param name="role">The model's role.</param>
    /// <param name="project">Labels, threshold, slices.</param>
    /// <param name="predictions">All of both sets.</param>
    /// <param name="slices">Further slices: the set, the slice's name, and the rows' places in the set.</param>
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
            Recent = SetEvaluation.Of(Prediction.Recent, project.Labels, predictions, slices),
            Base = SetEvaluation.Of(Prediction.Base, project.Labels, predictions, slices),
        };
        return role == "first" ? report.JudgeFirst(project.Quality.Threshold) : report;
    }

    /// <summary>AWS's document, with this record inside.</summary>
    public JsonObject ToDocument(
        ProjectDescription project,
        IReadOnlyList<Prediction> predictions,
        DateTimeOffset evaluated
    )
    {
        var matrix = new ConfusionMatrix(project.Labels.Count);
        var judged = predictions.Where(p => p.Set == Prediction.Base).ToList();
        foreach (var p in judged)
            matrix[p.Actual, p.Predicted]++;
        var scores = judged.ConvertAll(p => (p.Actual == 1, p.Positive));
        var document = ModelQualityStatistics.Document(project.Labels, matrix, evaluated, scores: scores);
        document["plumbline"] = JsonSerializer.SerializeToNode(this, RecordJson.Compact);
        return document;
    }

    /// <summary>Reads <c>evaluation.json</c>.</summary>
    /// <exception cref="UserError">It is none of ours.</exception>
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

    /// <summary>Refused only where the rows show it: a threshold inside the interval may be reached.</summary>
    private EvaluationReport JudgeFirst(double threshold)
    {
        var accepted = Base.Upper >= threshold;
        var limit = threshold.ToString("0.###", CultureInfo.InvariantCulture);
        var than =
            Base.Accuracy >= threshold ? $"reaches the threshold {limit}"
            : accepted ? $"is under the threshold {limit}, but its interval reaches it"
            : $"is under the threshold {limit} with its whole interval";
        return this with
        {
            Accepted = accepted ? "true" : "false",
            Reason = $"First model: accuracy {Base.Text()} on held-out base rows {than}.",
        };
    }
}

/// <summary>Some rows of a set.</summary>
/// <param name="Set"><c>recent</c> or <c>base</c>.</param>
/// <param name="Name">Such as <c>region = north</c>.</param>
/// <param name="Rows">Their places in the set.</param>
public sealed record Slice(string Set, string Name, IReadOnlyList<int> Rows);
