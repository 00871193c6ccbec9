namespace Plumbline.Records.Statistics;

/// <summary>
/// The percentile interval of the difference of two models' accuracies on the same rows, which are drawn with
/// replacement.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>The number of samples.</summary>
    public const int Samples = 2000;

    /// <summary>
    /// The first model's accuracy minus the second's, with its 95 % interval. Rows on which both models are right or
    /// both wrong do not change the difference. So a sample is drawn as counts: the number of draws that are discordant
    /// rows of either kind.
    /// </summary>
    /// <param name="onlyFirst">Rows on which only the first model is right.</param>
    /// <param name="onlySecond">Rows on which only the second model is right.</param>
    /// <param name="rows">All rows; 0 rows give (0, 0, 0).</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    public static Interval Difference(long onlyFirst, long onlySecond, long rows, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(onlyFirst + onlySecond, rows);
        if (rows == 0)
            return default;
        var discordant = onlyFirst + onlySecond;
        if (discordant == 0)
            return default;
        var random = new Random(seed);
        var logMiss = Math.Log(1 - discordant / (double)rows);
        var differences = new double[Samples];
        for (var sample = 0; sample < Samples; sample++)
        {
            long difference = 0;
            // Jump from one draw of a discordant row to the next: the gap has a geometric distribution.
            for (var draw = Gap(random, logMiss); draw < rows; draw += 1 + Gap(random, logMiss))
                difference += random.NextDouble() * discordant < onlyFirst ? 1 : -1;
            differences[sample] = difference / (double)rows;
        }
        Array.Sort(differences);
        return new Interval(
            (onlyFirst - onlySecond) / (double)rows,
            differences[(int)(Samples * 0.025)],
            differences[(int)(Samples * 0.975) - 1]
        );
    }

    private static double Gap(Random random, double logMiss) => Math.Floor(Math.Log(1 - random.NextDouble()) / logMiss);
}
