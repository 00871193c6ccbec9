using Plumbline.Aws.Formats;
using Plumbline.Records.Examples;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// One answer of a person about one prediction, confirmed or corrected: one line of
/// <c>corrections/yyyy/mm/dd/hh/&lt;uuidv7&gt;.jsonl</c>. It never changes; of several about one join key the latest
/// counts, and all are kept.
/// </summary>
public sealed record Correction
{
    /// <summary>A UUIDv7: ids sort in the order in which corrections were made.</summary>
    public required Guid Id { get; init; }

    /// <summary>The key of the prediction; see <see cref="GroundTruth.JoinKey"/>.</summary>
    public required string JoinKey { get; init; }

    /// <summary>The time of the model's answer, UTC.</summary>
    public required DateTimeOffset InferenceTime { get; init; }

    /// <summary>The endpoint that answered.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The model version that answered, if known.</summary>
    public string? ModelPackageArn { get; init; }

    /// <summary>
    /// SHA-256 in lower hex of the row's split key. Data sets compute it again from the features. They use this value
    /// only if the features lack the project's entity column; null then means an unknown entity, and the row is not
    /// used.
    /// </summary>
    public string? SplitKey { get; init; }

    /// <summary>
    /// The captured row: CSV cells in the order of the model's inputs, without a label. For content, the start of the text
    /// or the type and size.
    /// </summary>
    public required string Features { get; init; }

    /// <summary>The captured content, which is stored under its hash; null for a row of a table.</summary>
    public Content? Content { get; init; }

    /// <summary>The label that the model predicted.</summary>
    public required string Predicted { get; init; }

    /// <summary>The model's probability for <see cref="Predicted"/> in [0, 1]; null if the answer had none.</summary>
    public double? Score { get; init; }

    /// <summary>The true label, one of the project's labels.</summary>
    public required string Label { get; init; }

    public CorrectionKind Kind => Label == Predicted ? CorrectionKind.Confirmed : CorrectionKind.Corrected;

    /// <summary>
    /// The list that showed the row to a person. Only <see cref="ReviewList.Audit"/> is unbiased, so only its rows
    /// measure models.
    /// </summary>
    public required ReviewList List { get; init; }

    /// <summary>
    /// The author: an STS ARN, followed for the console by a space and its user; or the URI of the file that a system
    /// delivered, followed by a space and who delivered it, if known.
    /// </summary>
    public required string Reviewer { get; init; }

    /// <summary>The reason in the reviewer's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The time of the person's answer, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Makes the line of AWS's ground-truth file for this correction.</summary>
    public GroundTruthRecord ToGroundTruth() => new() { EventId = JoinKey, Data = Label };

    /// <summary>
    /// Returns the list that an answer counts for. A volunteered answer about a member of the audit sample stays
    /// volunteered: people volunteer predictions that look wrong, and counting those would make the figure too low.
    /// </summary>
    public static ReviewList ListOf(string joinKey, bool fromQueue, MonitorDescription monitor) =>
        !fromQueue ? ReviewList.Volunteered
        : AuditSample.Contains(joinKey, monitor.AuditShare) ? ReviewList.Audit
        : ReviewList.Uncertain;
}

public enum CorrectionKind
{
    Confirmed,

    Corrected,
}

/// <summary>The list that showed a row to a person.</summary>
public enum ReviewList
{
    /// <summary>The audit list; the row is a member of the audit sample.</summary>
    Audit,

    /// <summary>The list of the least certain predictions.</summary>
    Uncertain,

    /// <summary>No list: the person picked the row.</summary>
    Volunteered,

    /// <summary>
    /// No list: a system delivered the label to <c>ground-truth/</c>, and the row is not a member of the audit sample.
    /// </summary>
    Delivered,
}
