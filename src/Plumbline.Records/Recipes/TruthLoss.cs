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

    /// <summary>
    /// The losses of a regression: each squared error relative to the truths' variance, of which 1 is the loss of always
    /// answering their mean. So the weights do not depend on the unit of the truths.
    /// </summary>
    /// <param name="answers">One number for each row.</param>
    /// <param name="truths">The true number of each row.</param>
    public static double[] OfNumbers(ReadOnlySpan<float> answers, IReadOnlyList<double> truths)
    {
        var losses = new double[truths.Count];
        if (truths.Count == 0)
            return losses;
        var mean = truths.Average();
        var variance = truths.Average(truth => (truth - mean) * (truth - mean));
        for (var row = 0; row < losses.Length; row++)
        {
            var error = answers[row] - truths[row];
            losses[row] =
                error == 0 ? 0
                : variance > 0 ? Math.Min(Most, error * error / variance)
                : Most;
        }
        return losses;
    }
}
