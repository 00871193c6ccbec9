namespace Plumbline.Records.Statistics;

/// <summary>
/// The population stability index: how far a feature's values have moved. Under 0.1 is little, over 0.25 is much (a
/// rule of thumb from credit scoring; Siddiqi, Credit Risk Scorecards, 2006).
/// </summary>
public static class PopulationStability
{
    private const int Bins = 10;
    private const int MostNames = 20;

    // An empty bin would make the index infinite; by convention it counts as half a row.
    private const double HalfARow = 0.5;

    /// <summary>The index over the deciles of the earlier values.</summary>
    /// <param name="before">The earlier values; NaN counts as a value.</param>
    /// <param name="now">The current values.</param>
    /// <returns>0 if nothing has moved; NaN if one side is empty.</returns>
    public static double Index(IReadOnlyList<float> before, IReadOnlyList<float> now) => Of(before, now).Index;

    /// <summary>The index over names; each of the 20 most frequent earlier names is a bin, all others are one.</summary>
    /// <returns>0 if nothing has moved; NaN if one side is empty.</returns>
    public static double IndexOfNames(IReadOnlyList<string> before, IReadOnlyList<string> now) =>
        OfNames(before, now).Index;

    /// <summary>The shift over the deciles of the earlier values, and the missing ones.</summary>
    /// <param name="before">The earlier values; NaN counts as missing.</param>
    /// <param name="now">The current values.</param>
    public static Shift Of(IReadOnlyList<float> before, IReadOnlyList<float> now)
    {
        var edges = Edges(before);
        string[] bins =
        [
            .. edges.Select(edge => FormattableString.Invariant($"up to {edge:0.###}")),
            edges.Length > 0 ? FormattableString.Invariant($"over {edges[^1]:0.###}") : "any",
            "missing",
        ];
        return Of(bins, Counts(before, edges), before.Count, Counts(now, edges), now.Count) with
        {
            MeanBefore = Mean(before),
            MeanNow = Mean(now),
        };
    }

    /// <summary>The shift over names; each of the 20 most frequent earlier names is a bin, all others are one.</summary>
    public static Shift OfNames(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        var names = before
            .GroupBy(name => name)
            .OrderByDescending(group => group.Count())
            .Take(MostNames)
            .Select(group => group.Key)
            .ToList();
        var bins = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return Of([.. names, "others"], Counts(before, bins), before.Count, Counts(now, bins), now.Count);
    }

    private static Shift Of(IReadOnlyList<string> bins, int[] was, int before, int[] @is, int now) =>
        new(
            before == 0 || now == 0 ? double.NaN : Index(was, before, @is, now),
            bins,
            [.. was.Select(count => count / (double)Math.Max(1, before))],
            [.. @is.Select(count => count / (double)Math.Max(1, now))]
        );

    private static double? Mean(IReadOnlyList<float> values)
    {
        var known = values.Where(value => !float.IsNaN(value)).ToList();
        return known.Count == 0 ? null : known.Average(value => (double)value);
    }

    private static double Index(int[] was, int before, int[] @is, int now)
    {
        var index = 0.0;
        for (var bin = 0; bin < was.Length; bin++)
        {
            var p = Math.Max(was[bin], HalfARow) / before;
            var q = Math.Max(@is[bin], HalfARow) / now;
            if (was[bin] > 0 || @is[bin] > 0)
                index += (q - p) * Math.Log(q / p);
        }
        return index;
    }

    private static int[] Counts(IReadOnlyList<string> names, Dictionary<string, int> bins)
    {
        var counts = new int[bins.Count + 1];
        foreach (var name in names)
            counts[bins.GetValueOrDefault(name, bins.Count)]++;
        return counts;
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
