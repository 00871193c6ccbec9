using System.Globalization;

namespace Plumbline.Records.Recipes;

/// <summary>How far the model of base data alone is behind another recipe on new labels.</summary>
/// <param name="Recipe">The other recipe.</param>
/// <param name="Rows">The labels that judged both.</param>
/// <param name="Difference">By how much its mean loss is higher: nats, or shares of the labels' spread (<see cref="TruthLoss"/>).</param>
public sealed record FirstBehind(string Recipe, int Rows, double Difference)
{
    // One chance in a hundred, because each training asks anew.
    private const double Deviations = 2.33;

    /// <summary>The finding in one sentence, without a full stop.</summary>
    public string Text() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Traffic is no longer like base rows: on {Rows} new labels, the model of base data alone loses {Difference:0.00} more than {Recipe}"
        );

    /// <summary>Null if chance explains the differences, or if they are too few.</summary>
    /// <param name="recipe">The other recipe.</param>
    /// <param name="differences">On each row, the loss of the model of base data minus that of the other.</param>
    public static FirstBehind? Of(string recipe, IReadOnlyList<double> differences)
    {
        if (differences.Count < BlendWeights.LeastRows)
            return null;
        var mean = differences.Average();
        var variance = differences.Sum(one => (one - mean) * (one - mean)) / (differences.Count - 1);
        return mean > Deviations * Math.Sqrt(variance / differences.Count)
            ? new FirstBehind(recipe, differences.Count, mean)
            : null;
    }
}
