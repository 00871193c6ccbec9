namespace Plumbline.XGBoost.Trees;

/// <summary>
/// Predicts with a <see cref="FlatForest"/>, several times faster than libxgboost. It is only used if its answers agree
/// with libxgboost's on probe rows, which are made of the model's own thresholds.
/// </summary>
internal sealed class FlatModel
{
    private const int ProbeRows = 100;
    private const float Tolerance = 1e-6f;
    private readonly FlatForest forest;
    private readonly Link link;
    private readonly int answersPerRow;
    private readonly int columns;

    private FlatModel(FlatForest forest, Link link, int answersPerRow, int columns)
    {
        this.forest = forest;
        this.link = link;
        this.answersPerRow = answersPerRow;
        this.columns = columns;
    }

    /// <summary>Returns null if only libxgboost can predict this kind of model.</summary>
    public static FlatModel? TryMake(Booster booster, string objective, int answersPerRow)
    {
        if (Links.Of(objective) is not { } link)
        {
            return null;
        }
        try
        {
            var forest = ForestReader.Read(booster.SaveJson(), link, answersPerRow);
            var model = forest is null ? null : new FlatModel(forest, link, answersPerRow, booster.Features);
            return model?.AgreesWith(booster) == true ? model : null;
        }
        catch (Exception e)
            when (e is KeyNotFoundException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public void Predict(ReadOnlySpan<float> features, Span<float> answers)
    {
        answers = answers[..(features.Length / columns * answersPerRow)];
        forest.Predict(features, answers);
        link.Apply(answers, answersPerRow);
    }

    private bool AgreesWith(Booster booster)
    {
        var features = Probes();
        var mine = new float[ProbeRows * answersPerRow];
        var theirs = new float[ProbeRows * answersPerRow];
        if (booster.Predict(features, columns, theirs) != answersPerRow)
        {
            return false;
        }
        // Blocks with missing values, blocks without, and single rows are predicted by different code: probe all of
        // them.
        Predict(features, mine);
        for (var row = 0; row < ProbeRows; row += 7)
        {
            Predict(features.AsSpan(row * columns, columns), mine.AsSpan(row * answersPerRow, answersPerRow));
        }
        return mine.Zip(theirs).All(pair => Near(pair.First, pair.Second));
    }

    // The first block has no missing values, the others have some. The values are thresholds or the next smaller
    // floats.
    private float[] Probes()
    {
        var random = new Random(1);
        var thresholds = forest.Thresholds();
        var features = new float[ProbeRows * columns];
        for (var i = 0; i < features.Length; i++)
        {
            var known = thresholds[i % columns];
            var value = known[random.Next(known.Count)];
            var missing = i >= FlatForest.Block * columns && random.Next(4) == 0;
            features[i] =
                missing ? float.NaN
                // One more than the largest: a name that training saw after this model was made.
                : forest.LargestCategory(i % columns) is { } most ? random.Next(most + 2)
                : random.Next(2) == 0 ? value
                : MathF.BitDecrement(value);
        }
        return features;
    }

    private static bool Near(float mine, float theirs) =>
        MathF.Abs(mine - theirs) <= Tolerance * MathF.Max(1, MathF.Abs(theirs));
}
