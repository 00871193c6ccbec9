namespace Plumbline.XGBoost.Sparse;

/// <summary>Sparse rows: features that are not given are missing. Rows may have labels, weights and groups.</summary>
public sealed class SparseRows
{
    /// <summary>The highest index that readers accept.</summary>
    public const int LargestIndex = 100_000_000;

    private readonly List<ulong> starts = [0];
    private readonly List<uint> indices = [];
    private readonly List<float> values = [];
    private readonly List<float> labels = [];
    private readonly List<float> weights = [];
    private readonly List<uint> queries = [];

    /// <summary>The number of complete rows.</summary>
    public int Rows => starts.Count - 1;

    /// <summary>The number of columns: one more than the highest index.</summary>
    public int Columns { get; private set; }

    /// <summary>The number of given values in all rows.</summary>
    public int Count => values.Count;

    /// <summary>One label per row, or empty.</summary>
    public ReadOnlySpan<float> Labels => labels.ToArray();

    /// <summary>One weight per row (1 if the row does not give one), or empty if every weight is 1.</summary>
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

    /// <summary>Ends the row that is being read.</summary>
    public void Complete() => starts.Add((ulong)values.Count);

    /// <summary>Ends the row that is being read, and adds what only training rows have.</summary>
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

    /// <returns>The start of each row and the end of the last; the column index of each value; the values.</returns>
    internal (ulong[] Starts, uint[] Indices, float[] Values) Arrays() =>
        ([.. starts], indices.Count > 0 ? [.. indices] : [0], values.Count > 0 ? [.. values] : [float.NaN]);
}
