namespace Plumbline.Records.Recipes;

/// <summary>Decides by age which labelled rows a recipe trains on, and with which weights.</summary>
/// <param name="HalfLife">
/// The age at which a row counts half, in served rows: by default the rows of the first training. Age is counted in
/// served rows, labelled or not, so that few labels do not make the past look closer.
/// </param>
/// <param name="Newest">The rows of two windows.</param>
public sealed record RowAges(long HalfLife, long Newest)
{
    /// <summary>The weight under which no row falls, however old it is.</summary>
    public const double Floor = 0.05;

    /// <summary>With fewer labels in two windows, the newest rows reach back to <see cref="HalfLife"/>.</summary>
    public const int TwoFew = 2 * FewLabels.Few;

    /// <summary>A model of the newest rows needs this number of labels; one of fewer is noise.</summary>
    public const int EnoughLabels = 100;

    /// <summary>Returns a weight for each row, 0 for a row to leave out; null if the recipe should not be trained.</summary>
    /// <param name="rows">The recipe's choice of rows.</param>
    /// <param name="ages">
    /// The age of each labelled row: the number of rows served after it. The order does not matter.
    /// </param>
    /// <param name="sinceLastTraining">The number of rows served since the recipe's last training.</param>
    public float[]? Weights(RecipeRows rows, IReadOnlyList<long> ages, long sinceLastTraining) =>
        rows switch
        {
            RecipeRows.All => [.. ages.Select(_ => 1f)],
            RecipeRows.Aging => [.. ages.Select(age => (float)Math.Max(Floor, Math.Pow(0.5, age / (double)HalfLife)))],
            RecipeRows.Newest => OfTwoWindows(ages) ?? Younger(ages, HalfLife, EnoughLabels),
            RecipeRows.SinceLastTraining => Younger(ages, sinceLastTraining, atLeast: 1),
            _ => null,
        };

    /// <summary>
    /// The newest window counts double. After a change it has the new rows, and some of them judge and are learned later:
    /// with equal weights, the rows of before would outnumber them.
    /// </summary>
    private float[]? OfTwoWindows(IReadOnlyList<long> ages) =>
        Younger(ages, Newest, TwoFew)?.Zip(ages, (weight, age) => age < Newest / 2 ? weight : weight / 2).ToArray();

    private static float[]? Younger(IReadOnlyList<long> ages, long than, int atLeast)
    {
        float[] weights = [.. ages.Select(age => age < than ? 1f : 0f)];
        return weights.Count(weight => weight > 0) >= atLeast ? weights : null;
    }
}
