namespace Plumbline.Backtest.Models;

/// <summary>The class that a row's margins answer.</summary>
internal static class LikeliestClass
{
    /// <param name="margins">The margins of several rows: one per row for two classes, else one for each class.</param>
    public static int Of(ReadOnlySpan<float> margins, int row, int perRow)
    {
        var own = margins.Slice(row * perRow, perRow);
        if (perRow == 1)
        {
            return own[0] > 0 ? 1 : 0;
        }
        var best = 0;
        for (var group = 1; group < perRow; group++)
        {
            best = own[group] > own[best] ? group : best;
        }
        return best;
    }
}
