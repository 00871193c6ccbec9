namespace Plumbline.Records.Recipes;

/// <summary>
/// The log-loss of an answer, bounded: a truth that the model gave less than 2 % costs as if it had given 2 %. So a few
/// rows on which a model was sure and wrong, or whose label is wrong, do not outweigh all others.
/// </summary>
public static class TruthLoss
{
    /// <summary>The smallest probability of the truth that makes a difference.</summary>
    public const double LeastProbability = 0.02;

    private static readonly double Most = -Math.Log(LeastProbability);

    /// <summary>The loss from the probability that the model gave the true class.</summary>
    public static double OfProbability(double ofTruth) => -Math.Log(Math.Clamp(ofTruth, LeastProbability, 1));

    /// <summary>The loss from the log-odds of class 1, for two classes.</summary>
    /// <param name="logOdds">The margin of a binary model; any finite or infinite value.</param>
    /// <param name="truth">The true class, 0 or 1.</param>
    public static double OfLogOdds(double logOdds, int truth)
    {
        var against = truth == 1 ? -logOdds : logOdds;
        // The logarithm of 1 + exp(against), without an overflow for large values.
        return Math.Min(Most, Math.Max(against, 0) + Math.Log(1 + Math.Exp(-Math.Abs(against))));
    }

    /// <summary>The loss from the margins of all classes, of which softmax makes probabilities.</summary>
    /// <param name="margins">One margin for each class; a constant added to all of them changes nothing.</param>
    /// <param name="truth">The index of the true class.</param>
    public static double OfMargins(ReadOnlySpan<float> margins, int truth)
    {
        double largest = margins[0];
        foreach (var margin in margins)
        {
            largest = Math.Max(largest, margin);
        }
        var sum = 0.0;
        foreach (var margin in margins)
        {
            sum += Math.Exp(margin - largest);
        }
        return Math.Min(Most, largest + Math.Log(sum) - margins[truth]);
    }
}
