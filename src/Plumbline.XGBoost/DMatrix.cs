using System.Globalization;
using Plumbline.XGBoost.Csv;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost;

/// <summary>A data set in libxgboost's own memory: float32 features, NaN where missing, labels, weights.</summary>
public sealed unsafe class DMatrix : IDisposable
{
    private DMatrix(DMatrixHandle handle) => Handle = handle;

    internal DMatrixHandle Handle { get; }

    /// <summary>Number of rows.</summary>
    public int Rows
    {
        get
        {
            NativeCall.Check(LibXGBoost.XGDMatrixNumRow(Handle, out var rows), "rows of a matrix");
            return (int)rows;
        }
    }

    /// <summary>Number of features.</summary>
    public int Columns
    {
        get
        {
            NativeCall.Check(LibXGBoost.XGDMatrixNumCol(Handle, out var columns), "columns of a matrix");
            return (int)columns;
        }
    }

    /// <summary>Copies row-major features.</summary>
    /// <param name="features">rows x columns values; NaN is a missing one.</param>
    /// <param name="columns">Features a row.</param>
    /// <param name="labels">One a row, or empty.</param>
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

    /// <summary>Copies a table that was read from CSV, with its labels and weights; the table can go afterwards.</summary>
    public static DMatrix FromTable(CsvTable table, int threads = 1)
    {
        var matrix = Create(table.FeaturePointer, table.Rows, table.Columns, threads);
        matrix.Set("label", table.Labels);
        matrix.Set("weight", table.Weights);
        return matrix;
    }

    public void Dispose() => Handle.Dispose();

    private static DMatrix Create(float* values, int rows, int columns, int threads)
    {
        var array = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"data":[{{(nint)values}},true],"shape":[{{rows}},{{columns}}],"typestr":"<f4","version":3}"""
        );
        var config = string.Create(CultureInfo.InvariantCulture, $$"""{"missing":NaN,"nthread":{{threads}}}""");
        NativeCall.Check(LibXGBoost.XGDMatrixCreateFromDense(array, config, out var handle), "making a matrix");
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
}
