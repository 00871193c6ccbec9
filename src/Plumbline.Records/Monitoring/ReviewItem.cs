using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Monitoring;

/// <summary>A prediction for a person to look at: a line of <c>monitor/queue/audit.jsonl</c> or <c>uncertain.jsonl</c>.</summary>
public sealed record ReviewItem
{
    /// <summary>The key that the answer will be filed under.</summary>
    public required string JoinKey { get; init; }

    /// <summary>When the model answered, UTC.</summary>
    public required DateTimeOffset InferenceTime { get; init; }

    /// <summary>The endpoint that answered.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The row: CSV cells in the order of the model's inputs.</summary>
    public required string Features { get; init; }

    /// <summary>The label that the model predicted.</summary>
    public required string Predicted { get; init; }

    /// <summary>The model's probability for it, where the answer had one.</summary>
    public double? Score { get; init; }

    /// <summary>By how much it beat the second label, where known; the smaller, the less certain.</summary>
    public double? Margin { get; init; }

    /// <summary>
    /// The most probable labels, at most <see cref="LabelProbability.Most"/>, most probable first; null where the answer
    /// had no probabilities, and in lists written before there were any.
    /// </summary>
    public IReadOnlyList<LabelProbability>? Alternatives { get; init; }

    /// <summary>Which list it is on.</summary>
    public required ReviewList List { get; init; }

    /// <summary>The correction (or confirmation) that a person's answer makes of this.</summary>
    /// <param name="label">The truth, one of the project's labels.</param>
    /// <param name="reviewer">Who.</param>
    /// <param name="time">When.</param>
    /// <param name="reason">Why, where said.</param>
    public Correction Answer(string label, string reviewer, DateTimeOffset time, string? reason = null) =>
        new()
        {
            Id = Guid.CreateVersion7(time),
            JoinKey = JoinKey,
            InferenceTime = InferenceTime,
            Endpoint = Endpoint,
            Features = Features,
            Predicted = Predicted,
            Score = Score,
            Label = label,
            List = List,
            Reviewer = reviewer,
            Reason = reason,
            Time = time,
        };
}
