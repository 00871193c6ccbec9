using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Parquet.Data;
using Parquet.Schema;

namespace Plumbline.Records.Sources;

/// <summary>
/// The cells of one column of a row group, as text: numbers in their shortest form, times by ISO-8601, bytes as UTF-8. No
/// value and NaN are the empty cell.
/// </summary>
internal sealed class ParquetCells : IDisposable
{
    private const int LongestValue = 64;

    private readonly Stream place;
    private byte[] cell = new byte[256];
    private int length;

    private ParquetCells(Stream place) => this.place = place;

    private delegate bool Format<in T>(T value, Span<byte> into, out int written);

    /// <summary>The current cell; empty before the first.</summary>
    public ReadOnlySpan<byte> Current => cell.AsSpan(0, length);

    /// <summary>Converts a column; null if its values cannot be cells.</summary>
    public static ParquetCells? Of(RawColumnData data, DataField field, CellBudget budget)
    {
        var culture = CultureInfo.InvariantCulture;
        return data switch
        {
            RawColumnData<ReadOnlyMemory<char>> texts => Texts(texts, field, budget),
            RawColumnData<ReadOnlyMemory<byte>> bytes => Bytes(bytes, field, budget),
            RawColumnData<double> numbers => Values(numbers, field, budget, Number),
            RawColumnData<float> numbers => Values(numbers, field, budget, Number),
            RawColumnData<bool> flags => Values(flags, field, budget, Flag),
            RawColumnData<DateTime> times => Values(times, field, budget, Time),
            RawColumnData<int> whole => Values(whole, field, budget, Formatted),
            RawColumnData<long> whole => Values(whole, field, budget, Formatted),
            RawColumnData<short> whole => Values(whole, field, budget, Formatted),
            RawColumnData<sbyte> whole => Values(whole, field, budget, Formatted),
            RawColumnData<byte> whole => Values(whole, field, budget, Formatted),
            RawColumnData<ushort> whole => Values(whole, field, budget, Formatted),
            RawColumnData<uint> whole => Values(whole, field, budget, Formatted),
            RawColumnData<ulong> whole => Values(whole, field, budget, Formatted),
            RawColumnData<decimal> exact => Values(exact, field, budget, Formatted),
            RawColumnData<Guid> ids => Values(ids, field, budget, Formatted),
            _ => null,
        };

        bool Formatted<T>(T value, Span<byte> into, out int written)
            where T : IUtf8SpanFormattable => value.TryFormat(into, out written, default, culture);
    }

    /// <summary>Moves to the next cell.</summary>
    public void Next()
    {
        Span<byte> head = stackalloc byte[sizeof(int)];
        place.ReadExactly(head);
        length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (cell.Length < length)
        {
            cell = new byte[Math.Max(length, cell.Length * 2)];
        }
        place.ReadExactly(cell, 0, length);
    }

    public void Dispose() => place.Dispose();

    private static ParquetCells Values<T>(RawColumnData<T> data, DataField field, CellBudget budget, Format<T> format)
        where T : struct
    {
        var values = data.Values;
        var rows = new Presence(data, field, values.Length);
        var place = budget.NewPlace((long)rows.Count * (sizeof(int) + 20));
        Span<byte> cell = stackalloc byte[sizeof(int) + LongestValue];
        for (int row = 0, next = 0; row < rows.Count; row++)
        {
            var written = 0;
            if (rows.Has(row) && !format(values[next++], cell[sizeof(int)..], out written))
            {
                throw new InvalidOperationException(
                    $"A value of the type {typeof(T)} is longer than {LongestValue} bytes."
                );
            }
            BinaryPrimitives.WriteInt32LittleEndian(cell, written);
            place.Write(cell[..(sizeof(int) + written)]);
        }
        return Begin(place);
    }

    private static ParquetCells Texts(RawColumnData<ReadOnlyMemory<char>> data, DataField field, CellBudget budget)
    {
        var values = data.Values;
        var rows = new Presence(data, field, values.Length);
        var place = budget.NewPlace(SizeOf(values, rows.Count));
        var cell = new byte[1024];
        for (int row = 0, next = 0; row < rows.Count; row++)
        {
            var text = rows.Has(row) ? values[next++].Span : default;
            if (cell.Length < sizeof(int) + text.Length * 3)
            {
                cell = new byte[sizeof(int) + text.Length * 3];
            }
            var written = Encoding.UTF8.GetBytes(text, cell.AsSpan(sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(cell, written);
            place.Write(cell.AsSpan(0, sizeof(int) + written));
        }
        return Begin(place);
    }

    private static ParquetCells Bytes(RawColumnData<ReadOnlyMemory<byte>> data, DataField field, CellBudget budget)
    {
        var values = data.Values;
        var rows = new Presence(data, field, values.Length);
        var place = budget.NewPlace(SizeOf(values, rows.Count));
        Span<byte> head = stackalloc byte[sizeof(int)];
        for (int row = 0, next = 0; row < rows.Count; row++)
        {
            var bytes = rows.Has(row) ? values[next++].Span : default;
            BinaryPrimitives.WriteInt32LittleEndian(head, bytes.Length);
            place.Write(head);
            place.Write(bytes);
        }
        return Begin(place);
    }

    private static long SizeOf<T>(ReadOnlySpan<ReadOnlyMemory<T>> values, int rows)
    {
        long size = rows * sizeof(int);
        foreach (var value in values)
        {
            size += value.Length;
        }
        return size;
    }

    private static ParquetCells Begin(Stream place)
    {
        place.Position = 0;
        return new ParquetCells(place);
    }

    private static bool Number(double value, Span<byte> into, out int written)
    {
        written = 0;
        return double.IsNaN(value) || value.TryFormat(into, out written, default, CultureInfo.InvariantCulture);
    }

    private static bool Number(float value, Span<byte> into, out int written)
    {
        written = 0;
        return float.IsNaN(value) || value.TryFormat(into, out written, default, CultureInfo.InvariantCulture);
    }

    private static bool Flag(bool value, Span<byte> into, out int written)
    {
        var text = value ? "true"u8 : "false"u8;
        text.CopyTo(into);
        written = text.Length;
        return true;
    }

    private static bool Time(DateTime value, Span<byte> into, out int written) =>
        value.TryFormat(
            into,
            out written,
            value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
            CultureInfo.InvariantCulture
        );

    /// <summary>The rows of a column that have a value; a column only stores the values that there are.</summary>
    private readonly ref struct Presence(RawColumnData data, DataField field, int values)
    {
        private readonly ReadOnlySpan<int> levels = field.IsNullable ? data.DefinitionLevels : default;
        private readonly int all = field.MaxDefinitionLevel;

        public int Count { get; } = field.IsNullable ? data.DefinitionLevels.Length : values;

        public bool Has(int row) => levels.IsEmpty || levels[row] == all;
    }
}
