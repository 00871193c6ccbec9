namespace Plumbline.Records.Recipes;

/// <summary>
/// The loss of a predicted number, on the scale of a log-loss, so that numbers are blended by the same rule as classes:
/// half the square of the error in units of the usual error, as in a normal distribution. It is bounded like
/// <see cref="TruthLoss"/>, so that a few wild rows do not outweigh all others.
/// </summary>
public static class NumberLoss
{
    private static readonly double Most = TruthLoss.OfProbability(0);

    /// <summary>
    /// The usual error: the root mean square of the best recipe, in the unit of the truths. Errors that are NaN do not
    /// count.
    /// </summary>
    /// <param name="errors">For each recipe, its error on each row.</param>
    /// <returns>0 if no row has an error.</returns>
    public static double Scale(IReadOnlyList<IReadOnlyList<double>> errors)
    {
        var least = double.PositiveInfinity;
        foreach (var own in errors)
        {
            var (sum, count) = (0.0, 0);
            foreach (var error in own)
            {
                if (!double.IsNaN(error))
                {
                    sum += error * error;
                    count++;
                }
            }
            least = count == 0 ? least : Math.Min(least, Math.Sqrt(sum / count));
        }
        return double.IsFinite(least) ? least : 0;
    }

    /// <summary>The loss of an error; NaN for NaN.</summary>
    /// <param name="error">The difference between prediction and truth.</param>
    /// <param name="scale">The usual error; 0 makes each other error as bad as possible.</param>
    public static double Of(double error, double scale)
    {
        if (error == 0 || double.IsNaN(error))
        {
            return error;
        }
        var times = error / scale;
        return Math.Min(Most, times * times / 2);
    }
}
