using System.Buffers;

namespace Plumbline.Serving;

/// <summary>The rows of one request, in a pooled array.</summary>
internal sealed class FeatureRows(int columns) : IDisposable
{
    private float[] values = [];

    /// <summary>The number of complete rows.</summary>
    public int Count { get; private set; }

    /// <summary>Row-major, NaN where missing.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, Count * columns);

    /// <summary>Returns the memory for the next row.</summary>
    public Span<float> Next()
    {
        var used = Count * columns;
        if (values.Length < used + columns)
        {
            Reserve(Math.Max(Count * 2, 4));
        }
        return values.AsSpan(used, columns);
    }

    /// <summary>Counts the row of the last <see cref="Next"/> as complete.</summary>
    public void Complete() => Count++;

    /// <summary>Makes room for this number of rows in total.</summary>
    public void Reserve(int rows)
    {
        var larger = ArrayPool<float>.Shared.Rent(checked(rows * columns));
        Values.CopyTo(larger);
        Return();
        values = larger;
    }

    public void Dispose()
    {
        Return();
        values = [];
        Count = 0;
    }

    private void Return()
    {
        if (values.Length > 0)
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }
}
