namespace Plumbline.Records.Recipes;

/// <summary>
/// The recipe to serve where models cannot be blended: the one that was right most often on rows that it had not seen,
/// of which older ones count less.
/// </summary>
public static class LeadingRecipe
{
    /// <summary>The weight of a window relative to the next one.</summary>
    public const double Discount = 0.9;

    /// <summary>Returns the index of the leader. Of equals, the one in production stays, or else the first.</summary>
    /// <param name="right">For each recipe, the rows of each window on which it was right; the newest window last.</param>
    /// <param name="current">The index of the recipe in production.</param>
    public static int Of(IReadOnlyList<IReadOnlyList<int>> right, int current)
    {
        double[] records = [.. right.Select(own => own.Aggregate(0.0, (sum, window) => sum * Discount + window))];
        var best = records.Max();
        return records[current] >= best ? current : Array.IndexOf(records, best);
    }
}
