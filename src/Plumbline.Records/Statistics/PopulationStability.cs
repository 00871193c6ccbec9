namespace Plumbline.Records.Statistics;

/// <summary>
/// The population stability index: how far a feature's values have moved. Under 0.1 is little, over 0.25 is much (a
/// rule of thumb from credit scoring; Siddiqi, Credit Risk Scorecards, 2006).
/// </summary>
public static class PopulationStability
{
    private const int Bins = 10;

    // An empty bin would make the index infinite; by convention it counts as half a row.
    private const double HalfARow = 0.5;

    /// <summary>The index over the deciles of the earlier values.</summary>
    /// <param name="before">The earlier values; NaN counts as a value.</param>
    /// <param name="now">The current values.</param>
    /// <returns>0 if nothing has moved; NaN if one side is empty.</returns>
    public static double Index(IReadOnlyList<float> before, IReadOnlyList<float> now)
    {
        if (before.Count == 0 || now.Count == 0)
            return double.NaN;
        var edges = Edges(before);
        var (was, @is) = (Counts(before, edges), Counts(now, edges));
        var index = 0.0;
        for (var bin = 0; bin < was.Length; bin++)
        {
            var p = Math.Max(was[bin], HalfARow) / before.Count;
            var q = Math.Max(@is[bin], HalfARow) / now.Count;
            if (was[bin] > 0 || @is[bin] > 0)
                index += (q - p) * Math.Log(q / p);
        }
        return index;
    }

    /// <summary>The upper ends of the bins; equal deciles share a bin.</summary>
    private static float[] Edges(IReadOnlyList<float> values)
    {
        var sorted = values.Where(value => !float.IsNaN(value)).Order().ToArray();
        return sorted.Length == 0
            ? []
            : [.. Enumerable.Range(1, Bins - 1).Select(bin => sorted[bin * (sorted.Length - 1) / Bins]).Distinct()];
    }

    private static int[] Counts(IReadOnlyList<float> values, float[] edges)
    {
        // The last bin is for missing values.
        var counts = new int[edges.Length + 2];
        foreach (var value in values)
        {
            var place = float.IsNaN(value) ? counts.Length - 1 : Array.BinarySearch(edges, value);
            counts[place < 0 ? ~place : place]++;
        }
        return counts;
    }
}
