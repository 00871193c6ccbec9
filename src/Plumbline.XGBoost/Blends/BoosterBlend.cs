using Plumbline.XGBoost.Inputs;

namespace Plumbline.XGBoost.Blends;

/// <summary>
/// Merges several boosters into one that answers with their weighted mean. The mean is that of the margins: log-odds of
/// a classifier, values of a regression. All trees are copied, and each leaf is multiplied by its model's weight. So the
/// blend is an ordinary model, which libxgboost, AWS's containers and Plumbline's model server load, and which a
/// training can continue.
/// </summary>
public static class BoosterBlend
{
    /// <summary>Merges the parts; a part of weight 0 is left out.</summary>
    /// <param name="parts">
    /// Models with the same objective, classes and features. Parts of a table must have the same encoder, because a code
    /// must name the same category in all of them; a booster does not contain its encoder, so the caller checks that.
    /// </param>
    /// <param name="threads">The threads of the merged booster.</param>
    /// <exception cref="InputException">
    /// The parts do not fit together, or one of them is not a plain model of trees (DART, linear).
    /// </exception>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are 0.</exception>
    public static Booster Merge(IReadOnlyList<BlendPart> parts, int threads = 1)
    {
        var total = Total(parts);
        var trees = new List<PartTrees>();
        try
        {
            foreach (var part in parts.Where(part => part.Weight > 0))
            {
                trees.Add(PartTrees.Read(part.Name, part.Booster, part.Weight / total));
            }
            foreach (var other in trees.Skip(1))
            {
                other.MustFit(trees[0]);
            }
            return Booster.Load(MergedModel.Write(trees), threads);
        }
        finally
        {
            trees.ForEach(part => part.Dispose());
        }
    }

    private static double Total(IReadOnlyList<BlendPart> parts)
    {
        if (parts.FirstOrDefault(part => !(part.Weight >= 0 && double.IsFinite(part.Weight))) is { } bad)
        {
            throw new ArgumentException($"{bad.Name} has the weight {bad.Weight}: write zero or more", nameof(parts));
        }
        var total = parts.Sum(part => part.Weight);
        return total > 0
            ? total
            : throw new ArgumentException("a blend needs a part whose weight is over 0", nameof(parts));
    }
}
