using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Monitoring;

/// <summary>The counts of a run. Rows are captured rows whose inference time is in the window.</summary>
public sealed record JoinCounts
{
    /// <summary>All rows; a body of several rows counts each.</summary>
    public long Captures { get; set; }

    /// <summary>Rows whose caller gave no inference id, so that their key is the event id.</summary>
    public long WithoutInferenceId { get; set; }

    /// <summary>Rows with neither id.</summary>
    public long WithoutKey { get; set; }

    /// <summary>Rows whose answer names none of the project's labels.</summary>
    public long Unreadable { get; set; }

    /// <summary>Rows with a label.</summary>
    public long Matched { get; set; }

    /// <summary>Rows whose key an earlier row had: counted once.</summary>
    public long Repeated { get; set; }

    /// <summary>Rows in the audit sample.</summary>
    public long Audit { get; set; }

    /// <summary>Rows in the audit sample whose label counts.</summary>
    public long AuditLabels { get; set; }

    /// <summary>Rows in the audit sample whose only label was volunteered: not counted, still to be reviewed.</summary>
    public long AuditVolunteered { get; set; }

    /// <summary>Different keys that have a label.</summary>
    public long Labels { get; set; }

    /// <summary>Labels whose prediction is not among the rows.</summary>
    public long LabelsOutside { get; set; }

    /// <summary>Labels that are none of the project's.</summary>
    public long UnknownLabels { get; set; }

    /// <summary>Lines of any file that are not what they should be.</summary>
    public long BrokenLines => SetAside.Lines;

    /// <summary>Those lines: the first of them with their places.</summary>
    public SetAside SetAside { get; init; } = new();
}
