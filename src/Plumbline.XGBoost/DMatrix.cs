using System.Globalization;
using Plumbline.XGBoost.Csv;
using Plumbline.XGBoost.Native;
using Plumbline.XGBoost.Sparse;

namespace Plumbline.XGBoost;

/// <summary>A data set in libxgboost's own memory: float32 features (NaN is missing), labels and weights.</summary>
public sealed unsafe class DMatrix : IDisposable
{
    private DMatrix(DMatrixHandle handle) => Handle = handle;

    internal DMatrixHandle Handle { get; }

    public int Rows
    {
        get
        {
            NativeCall.Check(LibXGBoost.XGDMatrixNumRow(Handle, out var rows), "rows of a matrix");
            return (int)rows;
        }
    }

    /// <summary>The number of features per row.</summary>
    public int Columns
    {
        get
        {
            NativeCall.Check(LibXGBoost.XGDMatrixNumCol(Handle, out var columns), "columns of a matrix");
            return (int)columns;
        }
    }

    /// <summary>The label of each row.</summary>
    public float[] Labels()
    {
        var code = LibXGBoost.XGDMatrixGetFloatInfo(Handle, "label", out var count, out var labels);
        NativeCall.Check(code, "labels of a matrix");
        return new ReadOnlySpan<float>(labels, (int)count).ToArray();
    }

    /// <summary>Copies row-major features into a new matrix.</summary>
    /// <param name="features">rows x columns values; NaN is a missing value.</param>
    /// <param name="columns">Features per row.</param>
    /// <param name="labels">One label per row, or empty.</param>
    /// <param name="threads">Threads for the copy; 0 takes all.</param>
    public static DMatrix FromRows(
        ReadOnlySpan<float> features,
        int columns,
        ReadOnlySpan<float> labels,
        int threads = 1
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (features.Length % columns != 0)
        {
            throw new ArgumentException($"{features.Length} values are not rows of {columns}", nameof(features));
        }
        fixed (float* values = features)
        {
            var matrix = Create(values, features.Length / columns, columns, threads);
            matrix.Set("label", labels);
            return matrix;
        }
    }

    /// <summary>Copies a table with its labels and weights. The table may be disposed afterwards.</summary>
    public static DMatrix FromTable(CsvTable table, int threads = 1)
    {
        var matrix = Create(table.FeaturePointer, table.Rows, table.Columns, threads);
        matrix.Set("label", table.Labels);
        matrix.Set("weight", table.Weights);
        return matrix;
    }

    /// <summary>Copies the rows of a table whose weight is over 0, with their labels and the given weights.</summary>
    /// <param name="weights">One weight from 0 for each row.</param>
    public static DMatrix FromTable(CsvTable table, ReadOnlySpan<float> weights, int threads = 1)
    {
        if (weights.Length != table.Rows)
        {
            throw new ArgumentException($"{weights.Length} weights for {table.Rows} rows", nameof(weights));
        }
        if (!weights.Contains(0))
        {
            var all = FromTable(table, threads);
            all.SetWeights(weights);
            return all;
        }
        var kept = new List<int>();
        for (var row = 0; row < weights.Length; row++)
        {
            if (weights[row] > 0)
            {
                kept.Add(row);
            }
        }
        var features = new float[checked(kept.Count * table.Columns)];
        var labels = new float[kept.Count];
        var own = new float[kept.Count];
        for (var i = 0; i < kept.Count; i++)
        {
            table.Row(kept[i]).CopyTo(features.AsSpan(i * table.Columns));
            (labels[i], own[i]) = (table.Labels[kept[i]], weights[kept[i]]);
        }
        var matrix = FromRows(features, table.Columns, labels, threads);
        matrix.SetWeights(own);
        return matrix;
    }

    /// <summary>Says which features are codes of categories, which a tree splits as sets instead of by order.</summary>
    /// <param name="isCategory">One value for each feature.</param>
    public void SetCategories(IReadOnlyList<bool> isCategory)
    {
        string[] types = [.. isCategory.Select(one => one ? "c" : "q")];
        var code = LibXGBoost.XGDMatrixSetStrFeatureInfo(Handle, "feature_type", types, (ulong)types.Length);
        NativeCall.Check(code, "setting the feature types of a matrix");
    }

    /// <summary>Sets the weight of each row in a training.</summary>
    public void SetWeights(ReadOnlySpan<float> weights) => Set("weight", weights);

    /// <summary>Copies sparse rows with their labels, weights and groups.</summary>
    /// <param name="columns">The minimum number of features per row; a higher index in a row raises it.</param>
    public static DMatrix FromSparse(SparseRows rows, int columns = 0, int threads = 1)
    {
        var (starts, indices, values) = rows.Arrays();
        fixed (ulong* start = starts)
        fixed (uint* index = indices)
        fixed (float* value = values)
        {
            var code = LibXGBoost.XGDMatrixCreateFromCSR(
                Array((nint)start, starts.Length, "<u8"),
                Array((nint)index, rows.Count, "<u4"),
                Array((nint)value, rows.Count, "<f4"),
                (ulong)Math.Max(columns, rows.Columns),
                Config(threads),
                out var handle
            );
            NativeCall.Check(code, "making a matrix");
            var matrix = new DMatrix(handle);
            matrix.Set("label", rows.Labels);
            matrix.Set("weight", rows.Weights);
            matrix.SetQueries(rows.Queries);
            return matrix;
        }
    }

    public void Dispose() => Handle.Dispose();

    private static string Array(nint data, int length, string type) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"data":[{{data}},true],"shape":[{{length}}],"typestr":"{{type}}","version":3}"""
        );

    private static string Config(int threads) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"missing":NaN,"nthread":{{threads}}}""");

    private static DMatrix Create(float* values, int rows, int columns, int threads)
    {
        var array = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"data":[{{(nint)values}},true],"shape":[{{rows}},{{columns}}],"typestr":"<f4","version":3}"""
        );
        NativeCall.Check(
            LibXGBoost.XGDMatrixCreateFromDense(array, Config(threads), out var handle),
            "making a matrix"
        );
        return new DMatrix(handle);
    }

    private void Set(string field, ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return;
        }
        fixed (float* first = values)
        {
            var code = LibXGBoost.XGDMatrixSetFloatInfo(Handle, field, first, (ulong)values.Length);
            NativeCall.Check(code, $"setting the {field}s of a matrix");
        }
    }

    private void SetQueries(ReadOnlySpan<uint> queries)
    {
        if (queries.IsEmpty)
        {
            return;
        }
        const int uint32 = 3;
        fixed (uint* first = queries)
        {
            var code = LibXGBoost.XGDMatrixSetDenseInfo(Handle, "qid", first, (ulong)queries.Length, uint32);
            NativeCall.Check(code, "setting the queries of a matrix");
        }
    }
}
