using System.Runtime.InteropServices;

namespace Plumbline.XGBoost.Csv;

/// <summary>
/// Rows of numbers: row-major float32 features, with labels and weights in arrays of their own. The features are in
/// native memory, because growing it moves pages instead of copying bytes. Dispose the table as soon as it has been
/// copied.
/// </summary>
public sealed unsafe class CsvTable : IDisposable
{
    private const int FirstRows = 1024;
    private readonly CsvShape shape;
    private float* features;
    private float[] labels = [];
    private float[] weights = [];
    private int capacity;

    internal CsvTable(CsvShape shape)
    {
        this.shape = shape;
        Columns = shape.Features;
    }

    public int Rows { get; private set; }

    /// <summary>The number of features per row.</summary>
    public int Columns { get; private set; }

    /// <summary>One label per row, or empty if the files have no label column.</summary>
    public ReadOnlySpan<float> Labels => labels.AsSpan(0, shape.Label ? Rows : 0);

    /// <summary>One weight per row, or empty if the files have no weight column.</summary>
    public ReadOnlySpan<float> Weights => weights.AsSpan(0, shape.Weight ? Rows : 0);

    internal float* FeaturePointer => features;

    /// <summary>The features of one row.</summary>
    public ReadOnlySpan<float> Row(int index) => RowRange(index, 1);

    /// <summary>The features of some rows, row-major.</summary>
    public ReadOnlySpan<float> RowRange(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + (long)count, Rows);
        return new ReadOnlySpan<float>(features + (long)start * Columns, checked(count * Columns));
    }

    public void Dispose()
    {
        NativeMemory.Free(features);
        features = null;
        Rows = 0;
        capacity = 0;
        GC.SuppressFinalize(this);
    }

    ~CsvTable() => NativeMemory.Free(features);

    /// <summary>Adds a row: label and weight if the shape has them, then the features.</summary>
    internal void Add(ReadOnlySpan<float> cells)
    {
        var leading = shape.Leading;
        if (Rows == capacity)
        {
            Columns = Columns == 0 ? cells.Length - leading : Columns;
            Grow();
        }
        if (shape.Label)
        {
            labels[Rows] = cells[0];
        }
        if (shape.Weight)
        {
            weights[Rows] = cells[leading - 1];
        }
        cells[leading..].CopyTo(new Span<float>(features + (long)Rows * Columns, Columns));
        Rows++;
    }

    private void Grow()
    {
        capacity = capacity == 0 ? FirstRows : checked(capacity * 2);
        features = (float*)NativeMemory.Realloc(features, (nuint)capacity * (nuint)Columns * sizeof(float));
        if (shape.Label)
        {
            Array.Resize(ref labels, capacity);
        }
        if (shape.Weight)
        {
            Array.Resize(ref weights, capacity);
        }
    }
}
