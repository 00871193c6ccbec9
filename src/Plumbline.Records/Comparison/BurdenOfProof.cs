namespace Plumbline.Records.Comparison;

/// <summary>
/// Decides between a candidate and the model in production. A candidate that follows the data needs no proof that it is
/// better: keeping production needs one. Proof that a new model is better takes more labels than most windows have, and
/// production grows stale meanwhile.
/// </summary>
public static class BurdenOfProof
{
    /// <summary>
    /// True if production should stay: the candidate is significantly worse on recent rows that neither had seen, or base
    /// rows hold it. They do if it is significantly worse on them, loses more there than it gains on recent ones, and is not
    /// significantly better on those, as long as traffic is like them. Base rows of the past hold nothing: a model that
    /// follows the traffic must lose them.
    /// </summary>
    /// <param name="recent">The comparison on rows of production's traffic.</param>
    /// <param name="base">The comparison on held-out base rows.</param>
    /// <param name="baseIsPast">True if traffic is no longer like the base rows.</param>
    /// <param name="guardBase">True if being significantly worse on base rows is enough, whatever recent rows gain.</param>
    public static bool KeepsProduction(
        PairedComparison recent,
        PairedComparison @base,
        bool baseIsPast = false,
        bool guardBase = false
    ) =>
        recent.Worse
        || (@base.Worse && (guardBase || (!baseIsPast && !recent.Better && -@base.Difference > recent.Difference)));
}
