namespace Plumbline.Backtest.Streams;

/// <summary>Rows of a classification in time order, each with its true class.</summary>
public sealed class LabelledStream
{
    private readonly float[] features;
    private readonly int[] truths;

    /// <param name="features">Row-major; NaN is a missing value.</param>
    /// <param name="columns">The number of features per row.</param>
    /// <param name="truths">The index of each row's class, from 0.</param>
    /// <exception cref="ArgumentException">The numbers of features and truths do not belong together.</exception>
    public LabelledStream(float[] features, int columns, int[] truths)
    {
        if (features.Length != (long)columns * truths.Length)
        {
            throw new ArgumentException(
                $"{features.Length} features are not {truths.Length} rows of {columns}",
                nameof(features)
            );
        }
        this.features = features;
        this.truths = truths;
        Columns = columns;
        Classes = Math.Max(2, truths.DefaultIfEmpty().Max() + 1);
    }

    public int Rows => truths.Length;

    public int Columns { get; }

    /// <summary>The number of classes, at least 2.</summary>
    public int Classes { get; }

    /// <summary>The margins that a model gives for each row: one for two classes, else one for each class.</summary>
    public int MarginsPerRow => Classes == 2 ? 1 : Classes;

    /// <summary>The features of the rows from a first one up to another, row-major.</summary>
    public ReadOnlySpan<float> Features(int from, int to) => features.AsSpan(from * Columns, (to - from) * Columns);

    /// <summary>The index of a row's true class.</summary>
    public int Truth(int row) => truths[row];
}
