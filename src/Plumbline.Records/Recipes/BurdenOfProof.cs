using Plumbline.Records.Statistics;

namespace Plumbline.Records.Recipes;

/// <summary>
/// Decides between a blend and the model in production. Recipes that follow the data need no proof that they are better:
/// keeping production needs one. Proof that a new model is better takes more labels than most windows have, and
/// production grows stale meanwhile.
/// </summary>
public static class BurdenOfProof
{
    private const double Level = 0.05;

    /// <summary>
    /// True if production should stay: the candidate is significantly worse on recent rows that neither had seen, or it
    /// loses significantly on base rows and more than it gains on recent ones.
    /// </summary>
    /// <param name="recentGained">Recent rows on which only the candidate is right.</param>
    /// <param name="recentLost">Recent rows on which only production is right.</param>
    /// <param name="baseGained">Base rows on which only the candidate is right.</param>
    /// <param name="baseLost">Base rows on which only production is right.</param>
    public static bool KeepsProduction(int recentGained, int recentLost, int baseGained = 0, int baseLost = 0) =>
        IsWorse(recentGained, recentLost)
        || (IsWorse(baseGained, baseLost) && baseLost - baseGained > recentGained - recentLost);

    private static bool IsWorse(int gained, int lost) => lost > gained && McNemar.MidP(gained, lost) < Level;
}
