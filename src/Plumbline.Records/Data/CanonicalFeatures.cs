using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>
/// Makes the same bytes for equal rows in different spellings. In column order, a number is its float32, little endian,
/// with -0 as 0, and one pattern for every NaN and for an empty cell. A text is its length in bytes as int32, little
/// endian, and its UTF-8. So <c>1</c>, <c>1.0</c> and <c>1e0</c> are one value.
/// </summary>
public sealed class CanonicalFeatures
{
    private const int OneNaN = 0x7FC00000;
    private readonly ArrayBufferWriter<byte> bytes = new(256);

    /// <summary>The bytes of all cells since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.WrittenSpan;

    public void Clear() => bytes.ResetWrittenCount();

    public void AddNumber(float value)
    {
        var bits = float.IsNaN(value) ? OneNaN : BitConverter.SingleToInt32Bits(value == 0 ? 0 : value);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(4), bits);
        bytes.Advance(4);
    }

    public void AddText(ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(4), text.Length);
        bytes.Advance(4);
        bytes.Write(text);
    }

    /// <summary>Adds an unquoted CSV cell: a number if it can be read as one, else a text.</summary>
    public void AddCell(ReadOnlySpan<byte> cell)
    {
        if (TryNumber(cell, out var number))
            AddNumber(number);
        else
            AddText(cell);
    }

    /// <summary>Adds a whole captured CSV row of plain cells (no quotes).</summary>
    public void AddRow(string row)
    {
        foreach (var cell in row.Split(','))
            AddCell(Encoding.UTF8.GetBytes(cell));
    }

    /// <summary>
    /// Reads a cell as float32, rounded to nearest; an empty cell is NaN (missing). Infinity does not count as a
    /// number.
    /// </summary>
    public static bool TryNumber(ReadOnlySpan<byte> cell, out float number)
    {
        if (cell.Trim((byte)' ').IsEmpty)
        {
            number = float.NaN;
            return true;
        }
        return CellText.TryFloat(cell, out number) && !float.IsInfinity(number);
    }
}
