namespace Plumbline.Backtest.Policies;

/// <summary>How a policy makes the served model from the models of its recipes.</summary>
public enum Serving
{
    /// <summary>The mean of the margins, weighted by how each recipe did.</summary>
    Blend,

    /// <summary>The mean of the margins with equal weights.</summary>
    EqualBlend,

    /// <summary>The recipe with the best record alone, as where models cannot be blended.</summary>
    Leader,

    /// <summary>
    /// The blend, but a newer one replaces the served one only after it was significantly better on a window that neither
    /// had seen: the burden of proof on the candidate.
    /// </summary>
    ProvenBlend,
}
