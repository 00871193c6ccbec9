namespace Plumbline.Records.Recipes;

/// <summary>
/// The weights with which recipes are blended: prior x exp(-20 x mean loss), over rows that judge them and that none of
/// them had seen (-15 x with few of them). The mean discounts older rows. So a recipe whose log-loss is lower by 0.035 gets
/// twice the weight of another, and no recipe is ever lost: it comes back when its losses fall.
/// </summary>
public static class BlendWeights
{
    /// <summary>
    /// The factor of the mean loss. A larger one follows an abrupt change faster, a smaller one averages more models,
    /// which helps where labels are noisy.
    /// </summary>
    public const double Sharpness = 20;

    /// <summary>The factor with few rows in a window (<see cref="FewLabels.Few"/>), whose mean loss is less certain.</summary>
    public const double SharpnessOfFew = 15;

    /// <summary>The weight of a row relative to one that is a window younger.</summary>
    public const double Discount = 0.5;

    /// <summary>The same with few rows in a window: then the mean needs older ones.</summary>
    public const double DiscountOfFew = 0.7;

    /// <summary>
    /// The mean loss by which a recipe can be worse than the best in one window. A model that a sudden change made wrong
    /// is trained again soon after: without a limit, that one window would shut its recipe out for several more.
    /// </summary>
    public const double MostOfAWindow = 0.4;

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
        var areFew = ages.Count < FewLabels.Few || ages.Count / (ages.Max() - ages.Min() + 1) < FewLabels.Few;
        var means =
            ages.Count < LeastRows
                ? new double[priors.Count]
                : Means(losses, ages, priors, areFew ? DiscountOfFew : Discount);
        var sharpness = areFew ? SharpnessOfFew : Sharpness;
        // The best recipe's factor is 1, so at least one weight does not underflow.
        var best = means.Zip(priors).Where(one => one.Second > 0).Min(one => one.First);
        double[] weights =
        [
            .. means.Zip(priors, (mean, prior) => prior > 0 ? prior * Math.Exp(-sharpness * (mean - best)) : 0),
        ];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>
    /// Each recipe's discounted mean of what it loses against the best one in each window, up to
    /// <see cref="MostOfAWindow"/>.
    /// </summary>
    private static double[] Means(
        IReadOnlyList<IReadOnlyList<double>> losses,
        IReadOnlyList<double> ages,
        IReadOnlyList<double> priors,
        double discount
    )
    {
        var youngest = ages.Min();
        var sums = new double[losses.Count];
        var count = 0.0;
        foreach (var window in Enumerable.Range(0, ages.Count).GroupBy(row => Math.Floor(ages[row] - youngest)))
        {
            var (own, rows) = Sums(losses, [.. window]);
            if (rows == 0)
            {
                continue;
            }
            var best = own.Where((_, recipe) => priors[recipe] > 0).Min();
            var weight = rows * Math.Pow(discount, window.Key);
            for (var recipe = 0; recipe < sums.Length; recipe++)
            {
                sums[recipe] += weight * Math.Min((own[recipe] - best) / rows, MostOfAWindow);
            }
            count += weight;
        }
        return count > 0 ? [.. sums.Select(sum => sum / count)] : sums;
    }

    /// <summary>Each recipe's sum of losses over rows that at least one recipe answered, and the number of those.</summary>
    private static (double[] Sums, int Rows) Sums(IReadOnlyList<IReadOnlyList<double>> losses, int[] rows)
    {
        var sums = new double[losses.Count];
        var count = 0;
        foreach (var row in rows)
        {
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
                sums[recipe] += double.IsNaN(losses[recipe][row]) ? known / models : losses[recipe][row];
            }
            count++;
        }
        return (sums, count);
    }
}
