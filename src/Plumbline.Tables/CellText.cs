using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Plumbline.Tables;

/// <summary>Reads one cell, UTF-8 without quotes, as a value of a kind. Spaces around it do not count.</summary>
public static class CellText
{
    private const int LongestTime = 40;

    private static readonly string[] TimeFormats =
    [
        "yyyy-M-d",
        "yyyy/M/d",
        "yyyy-M-d'T'H:m:s.FFFFFFFK",
        "yyyy-M-d'T'H:mK",
        "yyyy-M-d H:m:s.FFFFFFFK",
        "yyyy-M-d H:m:s.FFFFFFF zzz",
        "yyyy-M-d H:mK",
        "yyyy/M/d H:m:s.FFFFFFFK",
        "yyyy/M/d H:mK",
    ];

    /// <summary>Reads a finite number, rounded to float32.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> cell, out float number) =>
        TryFloat(cell, out number) && float.IsFinite(number);

    /// <summary>Reads a number, NaN or an infinity, rounded to float32.</summary>
    public static bool TryFloat(ReadOnlySpan<byte> cell, out float number)
    {
        cell = cell.Trim((byte)' ');
        return (Utf8Parser.TryParse(cell, out number, out var read) && read == cell.Length)
            || float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads true, false, yes, no, t, f, y or n in any case, and 1 or 0.</summary>
    public static bool TryBoolean(ReadOnlySpan<byte> cell, out bool value)
    {
        cell = cell.Trim((byte)' ');
        value =
            Ascii.EqualsIgnoreCase(cell, "true"u8)
            || Ascii.EqualsIgnoreCase(cell, "yes"u8)
            || Ascii.EqualsIgnoreCase(cell, "t"u8)
            || Ascii.EqualsIgnoreCase(cell, "y"u8)
            || cell.SequenceEqual("1"u8);
        return value
            || Ascii.EqualsIgnoreCase(cell, "false"u8)
            || Ascii.EqualsIgnoreCase(cell, "no"u8)
            || Ascii.EqualsIgnoreCase(cell, "f"u8)
            || Ascii.EqualsIgnoreCase(cell, "n"u8)
            || cell.SequenceEqual("0"u8);
    }

    /// <summary>
    /// Reads a date or a time with year, month and day in this order, such as <c>2026-03-01</c> or
    /// <c>2026-03-01T12:30:00+02:00</c>.
    /// </summary>
    public static bool TryTime(ReadOnlySpan<byte> cell, out DateTimeOffset time)
    {
        cell = cell.Trim((byte)' ');
        Span<char> text = stackalloc char[LongestTime];
        // A quick no for the many cells that are not times: a time has a digit first.
        if (
            cell.Length is < 8 or > LongestTime
            || !char.IsAsciiDigit((char)cell[0])
            || Utf8.ToUtf16(cell, text, out _, out var length) != System.Buffers.OperationStatus.Done
        )
        {
            time = default;
            return false;
        }
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text[..length], TimeFormats, CultureInfo.InvariantCulture, utc, out time);
    }
}
