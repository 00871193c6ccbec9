using Plumbline.Aws.Formats;
using Plumbline.Records.Project;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// One answer of a person about one prediction: confirmed or corrected. Immutable; a later one about the same join key
/// wins, and both are kept. One line of <c>corrections/yyyy/mm/dd/hh/&lt;uuidv7&gt;.jsonl</c>.
/// </summary>
public sealed record Correction
{
    /// <summary>UUIDv7: the order of ids is the order in which corrections were made.</summary>
    public required Guid Id { get; init; }

    /// <summary>The prediction that it is about; see <see cref="GroundTruth.JoinKey"/>.</summary>
    public required string JoinKey { get; init; }

    /// <summary>When the model answered, UTC.</summary>
    public required DateTimeOffset InferenceTime { get; init; }

    /// <summary>The endpoint that answered.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The version that answered, where known.</summary>
    public string? ModelPackageArn { get; init; }

    /// <summary>
    /// SHA-256 in lower hex of the row's split key. Data sets compute it again from the features; this one counts only
    /// where the project's entity column is not among them. Null there means: entity unknown, the row goes nowhere.
    /// </summary>
    public string? SplitKey { get; init; }

    /// <summary>The row as captured: CSV cells in the order of the model's inputs, no label.</summary>
    public required string Features { get; init; }

    /// <summary>The label that the model predicted.</summary>
    public required string Predicted { get; init; }

    /// <summary>The model's probability for it in [0, 1], where the answer had one.</summary>
    public double? Score { get; init; }

    /// <summary>The truth, one of the project's labels.</summary>
    public required string Label { get; init; }

    /// <summary>True where the person agreed with the model.</summary>
    public CorrectionKind Kind => Label == Predicted ? CorrectionKind.Confirmed : CorrectionKind.Corrected;

    /// <summary>
    /// How the row came before a person. Only <see cref="ReviewList.Audit"/> is unbiased: only such rows measure models.
    /// </summary>
    public required ReviewList List { get; init; }

    /// <summary>
    /// Who: the STS ARN, with the console's user after a space where there is one; the URI of the file that a system
    /// delivered.
    /// </summary>
    public required string Reviewer { get; init; }

    /// <summary>Why, in the reviewer's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When the person answered, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The line of AWS's ground-truth file that follows from this correction.</summary>
    public GroundTruthRecord ToGroundTruth() => new() { EventId = JoinKey, Data = Label };

    /// <summary>
    /// The list an answer counts for. A volunteered answer about a member of the audit sample stays volunteered: somebody
    /// came because it looked wrong, and counting those would publish the wrong ones first.
    /// </summary>
    public static ReviewList ListOf(string joinKey, bool fromQueue, MonitorDescription monitor) =>
        !fromQueue ? ReviewList.Volunteered
        : AuditSample.Contains(joinKey, monitor.AuditShare) ? ReviewList.Audit
        : ReviewList.Uncertain;
}

/// <summary>True where the person agreed with the model.</summary>
public enum CorrectionKind
{
    /// <summary>The prediction was right.</summary>
    Confirmed,

    /// <summary>The prediction was wrong.</summary>
    Corrected,
}

/// <summary>How a row came before a person.</summary>
public enum ReviewList
{
    /// <summary>A member of the audit sample, from the audit list.</summary>
    Audit,

    /// <summary>From the list of the least certain predictions.</summary>
    Uncertain,

    /// <summary>Picked by the person.</summary>
    Volunteered,

    /// <summary>Delivered by a system to <c>ground-truth/</c>, and not a member of the audit sample.</summary>
    Delivered,
}
