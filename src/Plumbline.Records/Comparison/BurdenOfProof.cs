namespace Plumbline.Records.Comparison;

/// <summary>
/// Decides between a candidate and the model in production. A candidate that follows the data needs no proof that it is
/// better: keeping production needs one. Proof that a new model is better takes more labels than most windows have, and
/// production grows stale meanwhile.
/// </summary>
public static class BurdenOfProof
{
    /// <summary>
    /// True if production should stay: the candidate is significantly worse on recent rows that neither had seen, or it
    /// is significantly worse on base rows and loses more there than it gains on recent ones.
    /// </summary>
    /// <param name="recent">The comparison on rows of production's traffic.</param>
    /// <param name="base">The comparison on held-out base rows.</param>
    /// <param name="guardBase">True if being significantly worse on base rows is enough, whatever recent rows gain.</param>
    public static bool KeepsProduction(PairedComparison recent, PairedComparison @base, bool guardBase = false) =>
        recent.Worse || (@base.Worse && (guardBase || -@base.Difference > recent.Difference));
}
