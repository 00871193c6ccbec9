namespace Plumbline.Records.Recipes;

/// <summary>
/// The weights with which recipes are blended: prior x exp(-15 x mean loss), over rows that judge them and that none of
/// them had seen. The mean discounts older rows. So a recipe whose log-loss is lower by 0.05 gets twice the weight of
/// another, and no recipe is ever lost: it comes back when its losses fall.
/// </summary>
public static class BlendWeights
{
    /// <summary>The factor of the mean loss. Between 10 and 20, the accuracy hardly depends on it.</summary>
    public const double Sharpness = 15;

    /// <summary>The weight of a row relative to one that is a window younger.</summary>
    public const double Discount = 0.7;

    /// <summary>With fewer rows that judge, the weights are the priors.</summary>
    public const int LeastRows = 20;

    /// <summary>Returns a weight for each recipe; they add up to 1.</summary>
    /// <param name="losses">
    /// For each recipe, its loss on each row (<see cref="TruthLoss"/>), given by the model that it had when the row was
    /// served. NaN if it had no model then: it counts there as the mean of the others.
    /// </param>
    /// <param name="ages">The age of each row in windows; fractions are allowed.</param>
    /// <param name="priors">The recipes' priors: zero or more, not all zero.</param>
    /// <exception cref="ArgumentException">The numbers of recipes or rows differ, or all priors are 0.</exception>
    public static double[] Of(
        IReadOnlyList<IReadOnlyList<double>> losses,
        IReadOnlyList<double> ages,
        IReadOnlyList<double> priors
    )
    {
        if (losses.Count != priors.Count || losses.Any(own => own.Count != ages.Count))
        {
            throw new ArgumentException("each recipe needs one prior, and one loss for each row", nameof(losses));
        }
        if (!(priors.Sum() > 0))
        {
            throw new ArgumentException("at least one recipe needs a prior over 0", nameof(priors));
        }
        var means = ages.Count < LeastRows ? new double[priors.Count] : Means(losses, ages);
        // The best recipe's factor is 1, so at least one weight does not underflow.
        var best = means.Zip(priors).Where(one => one.Second > 0).Min(one => one.First);
        double[] weights =
        [
            .. means.Zip(priors, (mean, prior) => prior > 0 ? prior * Math.Exp(-Sharpness * (mean - best)) : 0),
        ];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>Each recipe's discounted mean loss.</summary>
    private static double[] Means(IReadOnlyList<IReadOnlyList<double>> losses, IReadOnlyList<double> ages)
    {
        var sums = new double[losses.Count];
        var count = 0.0;
        var youngest = ages.Min();
        for (var row = 0; row < ages.Count; row++)
        {
            var weight = Math.Pow(Discount, ages[row] - youngest);
            var (known, models) = (0.0, 0);
            foreach (var own in losses)
            {
                if (!double.IsNaN(own[row]))
                {
                    known += own[row];
                    models++;
                }
            }
            if (models == 0)
            {
                continue;
            }
            for (var recipe = 0; recipe < sums.Length; recipe++)
            {
                var loss = losses[recipe][row];
                sums[recipe] += weight * (double.IsNaN(loss) ? known / models : loss);
            }
            count += weight;
        }
        return count > 0 ? [.. sums.Select(sum => sum / count)] : sums;
    }
}
