using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Monitoring;

/// <summary>The counts of a run. Rows are captured rows with an inference time in the window.</summary>
public sealed record JoinCounts
{
    /// <summary>All rows; each row of a body counts.</summary>
    public long Captures { get; set; }

    /// <summary>Rows without an inference id, whose key is the event id.</summary>
    public long WithoutInferenceId { get; set; }

    /// <summary>Rows with neither id.</summary>
    public long WithoutKey { get; set; }

    /// <summary>Rows whose answer does not name one of the project's labels.</summary>
    public long Unreadable { get; set; }

    public long Matched { get; set; }

    /// <summary>Rows with the key of an earlier row, which is counted once.</summary>
    public long Repeated { get; set; }

    public long Audit { get; set; }

    /// <summary>Rows in the audit sample with a label that counts.</summary>
    public long AuditLabels { get; set; }

    /// <summary>
    /// Rows in the audit sample with only a volunteered label, which does not count; they still need a review.
    /// </summary>
    public long AuditVolunteered { get; set; }

    /// <summary>Rows outside the audit sample with an answer from the list of uncertain rows.</summary>
    public long UncertainLabels { get; set; }

    /// <summary>Rows in the audit sample after the window with a label; a later run measures them.</summary>
    public long LaterAuditLabels { get; set; }

    /// <summary>Rows after the window with an answer from the list of uncertain rows.</summary>
    public long LaterUncertainLabels { get; set; }

    /// <summary>The number of different keys with a label.</summary>
    public long Labels { get; set; }

    /// <summary>Labels without a prediction among the rows.</summary>
    public long LabelsOutside { get; set; }

    /// <summary>Labels that the project does not have.</summary>
    public long UnknownLabels { get; set; }

    /// <summary>Unreadable lines of any file.</summary>
    public long BrokenLines => SetAside.Lines;

    /// <summary>The first unreadable lines with their places.</summary>
    public SetAside SetAside { get; init; } = new();
}
