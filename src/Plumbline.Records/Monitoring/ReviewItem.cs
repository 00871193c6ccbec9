using System.Text.Json.Serialization;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// A prediction for a person to look at: a line of <c>monitor/queue/audit.jsonl</c> or <c>uncertain.jsonl</c>.
/// </summary>
public sealed record ReviewItem
{
    /// <summary>The key of the prediction, which becomes the answer's key.</summary>
    public required string JoinKey { get; init; }

    /// <summary>The time of the model's answer, UTC.</summary>
    public required DateTimeOffset InferenceTime { get; init; }

    /// <summary>The endpoint that answered.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The row: CSV cells in the order of the model's inputs; for content, see <see cref="Content"/>.</summary>
    public required string Features { get; init; }

    /// <summary>The content, if the example is not a row; <see cref="Features"/> then describes it in words.</summary>
    public Content? Content { get; init; }

    /// <summary>The bytes of the content; null in a list, which has only their hash.</summary>
    [JsonIgnore]
    public byte[]? Body { get; init; }

    /// <summary>The label that the model predicted.</summary>
    public required string Predicted { get; init; }

    /// <summary>The model's probability for <see cref="Predicted"/>; null if the answer had none.</summary>
    public double? Score { get; init; }

    /// <summary>The score of the predicted label minus that of the second one; null if unknown. A smaller margin is less certain.</summary>
    public double? Margin { get; init; }

    /// <summary>
    /// The most probable labels, at most <see cref="LabelProbability.Most"/>, most probable first. Null if the answer
    /// had no probabilities, and in older lists.
    /// </summary>
    public IReadOnlyList<LabelProbability>? Alternatives { get; init; }

    public required ReviewList List { get; init; }

    /// <summary>Makes the correction (or confirmation) of a person's answer.</summary>
    /// <param name="label">The true label, one of the project's labels.</param>
    /// <param name="reviewer">The author; see <see cref="Correction.Reviewer"/>.</param>
    /// <param name="time">The time of the answer.</param>
    /// <param name="reason">The reason in the reviewer's words, if given.</param>
    public Correction Answer(string label, string reviewer, DateTimeOffset time, string? reason = null) =>
        new()
        {
            Id = Guid.CreateVersion7(time),
            JoinKey = JoinKey,
            InferenceTime = InferenceTime,
            Endpoint = Endpoint,
            Features = Features,
            Content = Content,
            Predicted = Predicted,
            Score = Score,
            Label = label,
            List = List,
            Reviewer = reviewer,
            Reason = reason,
            Time = time,
        };
}
