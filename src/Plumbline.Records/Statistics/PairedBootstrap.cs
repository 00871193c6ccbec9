namespace Plumbline.Records.Statistics;

/// <summary>Percentile interval of the difference of two models' accuracies over the same rows, rows drawn with replacement.</summary>
public static class PairedBootstrap
{
    /// <summary>How many samples are drawn.</summary>
    public const int Samples = 2000;

    /// <summary>
    /// First's accuracy minus second's, with its 95 % interval. Rows on which both are right or both wrong add nothing to
    /// the difference, so a sample is drawn as counts: how many draws fall on the discordant rows of either kind.
    /// </summary>
    /// <param name="onlyFirst">Rows that only the first model has right.</param>
    /// <param name="onlySecond">Rows that only the second model has right.</param>
    /// <param name="rows">All rows; (0, 0, 0) for none.</param>
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
            // From one draw that falls on a discordant row to the next: the gap is geometric.
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
