using Plumbline.Records.Project;

namespace Plumbline.Records.Data;

/// <summary>
/// The sides of corrections: test first, then train. A row of the audit sample whose key is on the test side judges the
/// models of one line: production, which is older than the row, and the candidates, which do not learn it yet. The next
/// version of the line learns it. Only keys of held-out base rows are never learned. A training that never stops early
/// learns the corrections on the validation side, too. So no label of production's traffic is locked away, and no row
/// judges a model that has learned it.
/// </summary>
internal sealed class CorrectionSides
{
    private readonly SplitMethod method;
    private readonly bool validates;
    private readonly Sides sides;
    private readonly Func<SplitKey, bool> isHeldOut;
    private readonly HashSet<SplitKey> audited;
    private readonly HashSet<SplitKey> known;

    /// <param name="project">With <see cref="SplitMethod.Time"/>, the newest corrections judge and are learned later.</param>
    /// <param name="sides">The sides of all keys.</param>
    /// <param name="isHeldOut">True for a key on the test or validation side that the base data has.</param>
    /// <param name="rows">
    /// The key of each correction; if it is of the audit sample; and if production's version knew it.
    /// </param>
    public CorrectionSides(
        ProjectDescription project,
        Sides sides,
        Func<SplitKey, bool> isHeldOut,
        IEnumerable<(SplitKey Key, bool Audit, bool Known)> rows
    )
    {
        (method, validates) = (project.Data.Split, project.Training.UsesValidation());
        (this.sides, this.isHeldOut) = (sides, isHeldOut);
        var onTest = rows.Where(row => sides.Of(row.Key) == Side.Test).ToList();
        audited = [.. onTest.Where(row => row.Audit).Select(row => row.Key)];
        known = [.. onTest.Where(row => row.Known).Select(row => row.Key)];
    }

    /// <summary>Returns the side of a correction; null if it is held back from training and from judging.</summary>
    public Side? Of(SplitKey key, bool audit, bool isKnown)
    {
        var side = sides.Of(key);
        if (side != Side.Test)
        {
            return side == Side.Train || validates || isHeldOut(key) ? side : Side.Train;
        }
        Side? judging = audit ? Side.Test : null;
        if (method == SplitMethod.Time)
        {
            return judging;
        }
        if (isHeldOut(key))
        {
            return isKnown ? null : judging;
        }
        return known.Contains(key) || !audited.Contains(key) ? Side.Train : judging;
    }
}
