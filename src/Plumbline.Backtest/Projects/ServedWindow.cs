namespace Plumbline.Backtest.Projects;

/// <summary>The predictions between two measurements of the monitor.</summary>
/// <param name="Rows">The predictions in the order of their time.</param>
/// <param name="At">The time of the measurement that ends the window; a training starts then.</param>
public sealed record ServedWindow(IReadOnlyList<ServedRow> Rows, DateTimeOffset At);

/// <summary>A prediction, and the truth about it.</summary>
/// <param name="JoinKey">The prediction's key, whose hash decides if it is a member of the audit sample.</param>
/// <param name="Features">The CSV cells as a caller sends them.</param>
/// <param name="Truth">The true label or number.</param>
/// <param name="Time">The time of the answer.</param>
/// <param name="IsLabelled">True if the truth becomes known; it does at the end of the window.</param>
public sealed record ServedRow(
    string JoinKey,
    string Features,
    string Truth,
    DateTimeOffset Time,
    bool IsLabelled = true
)
{
    /// <summary>The split key of its entity in hex, if the features do not have it; see <c>Correction.SplitKey</c>.</summary>
    public string? SplitKey { get; init; }
}
