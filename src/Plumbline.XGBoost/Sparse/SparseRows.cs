namespace Plumbline.XGBoost.Sparse;

/// <summary>Rows of which only some features are given, the others are missing; with labels, weights and groups.</summary>
public sealed class SparseRows
{
    /// <summary>The highest index that readers take.</summary>
    public const int LargestIndex = 100_000_000;

    private readonly List<ulong> starts = [0];
    private readonly List<uint> indices = [];
    private readonly List<float> values = [];
    private readonly List<float> labels = [];
    private readonly List<float> weights = [];
    private readonly List<uint> queries = [];

    /// <summary>Complete rows so far.</summary>
    public int Rows => starts.Count - 1;

    /// <summary>One more than the highest index.</summary>
    public int Columns { get; private set; }

    /// <summary>Values that are given, in all rows.</summary>
    public int Count => values.Count;

    /// <summary>One a row, or empty.</summary>
    public ReadOnlySpan<float> Labels => labels.ToArray();

    /// <summary>One a row, or empty where no row has one; 1 where it has none.</summary>
    public ReadOnlySpan<float> Weights => weights.Exists(weight => weight != 1) ? weights.ToArray() : [];

    /// <summary>The query (group) of each row, or empty.</summary>
    public ReadOnlySpan<uint> Queries => queries.ToArray();

    /// <summary>Adds a value to the row that is being read.</summary>
    public void Add(int index, float value)
    {
        indices.Add((uint)index);
        values.Add(value);
        Columns = Math.Max(Columns, index + 1);
    }

    /// <summary>The row that is being read is complete.</summary>
    public void Complete() => starts.Add((ulong)values.Count);

    /// <summary>The row that is being read is complete, for training.</summary>
    public void Complete(float label, float weight, uint? query)
    {
        Complete();
        labels.Add(label);
        weights.Add(weight);
        if (query is { } known)
        {
            queries.Add(known);
        }
    }

    /// <summary>Where each row starts, and the end; the index of each value; the values.</summary>
    internal (ulong[] Starts, uint[] Indices, float[] Values) Arrays() =>
        ([.. starts], indices.Count > 0 ? [.. indices] : [0], values.Count > 0 ? [.. values] : [float.NaN]);
}
