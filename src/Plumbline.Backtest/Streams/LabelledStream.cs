using Plumbline.Records.Quality;
using Plumbline.XGBoost;

namespace Plumbline.Backtest.Streams;

/// <summary>Rows in time order, each with its truth: a class or a number.</summary>
public sealed record LabelledStream
{
    private readonly float[] features;
    private readonly float[] truths;

    /// <summary>Rows of a classification.</summary>
    /// <param name="features">Row-major; NaN is a missing value.</param>
    /// <param name="columns">The number of features per row.</param>
    /// <param name="truths">The index of each row's class, from 0.</param>
    /// <exception cref="ArgumentException">The numbers of features and truths do not belong together.</exception>
    public LabelledStream(float[] features, int columns, int[] truths)
        : this(features, columns, Array.ConvertAll(truths, truth => (float)truth), TaskKind.Classification) { }

    private LabelledStream(float[] features, int columns, float[] truths, TaskKind task)
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
        Task = task;
        Classes = task == TaskKind.Regression ? 0 : Math.Max(2, (int)truths.DefaultIfEmpty().Max() + 1);
    }

    /// <summary>Rows of a task.</summary>
    /// <param name="task">The kind of the truths.</param>
    /// <param name="features">Row-major; NaN is a missing value.</param>
    /// <param name="columns">The number of features per row.</param>
    /// <param name="truths">The index of each row's class, or its number.</param>
    /// <exception cref="ArgumentException">The numbers of features and truths do not belong together.</exception>
    public static LabelledStream Of(TaskKind task, float[] features, int columns, float[] truths) =>
        new(features, columns, truths, task);

    public int Rows => truths.Length;

    public int Columns { get; }

    /// <summary>The kind of the truths.</summary>
    public TaskKind Task { get; }

    /// <summary>True for each feature that is the code of a category; empty if all are numbers.</summary>
    public IReadOnlyList<bool> IsCategory { get; init; } = [];

    /// <summary>The time of each row, in order; empty if it is not known.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; init; } = [];

    /// <summary>The number of classes, at least 2; 0 in a regression.</summary>
    public int Classes { get; }

    /// <summary>
    /// The margins that a model gives for each row: one for two classes or for a number, else one for each class.
    /// </summary>
    public int MarginsPerRow => Classes <= 2 ? 1 : Classes;

    /// <summary>The features of the rows from a first one up to another, row-major.</summary>
    public ReadOnlySpan<float> Features(int from, int to) => features.AsSpan(from * Columns, (to - from) * Columns);

    /// <summary>The index of a row's true class; its number in a regression.</summary>
    public float Truth(int row) => truths[row];

    /// <summary>The rows from a first one up to another, to predict.</summary>
    internal DMatrix Matrix(int from, int to) => Typed(DMatrix.FromRows(Features(from, to), Columns, []));

    /// <summary>Rows with their truths and weights, to train on.</summary>
    internal DMatrix Matrix(IReadOnlyList<(int Row, float Weight)> rows)
    {
        var values = new float[rows.Count * Columns];
        for (var i = 0; i < rows.Count; i++)
        {
            Features(rows[i].Row, rows[i].Row + 1).CopyTo(values.AsSpan(i * Columns));
        }
        float[] labels = [.. rows.Select(one => Truth(one.Row))];
        var matrix = Typed(DMatrix.FromRows(values, Columns, labels));
        if (rows.Any(one => one.Weight != 1))
        {
            matrix.SetWeights([.. rows.Select(one => one.Weight)]);
        }
        return matrix;
    }

    private DMatrix Typed(DMatrix matrix)
    {
        if (IsCategory.Contains(true))
        {
            matrix.SetCategories(IsCategory);
        }
        return matrix;
    }
}
