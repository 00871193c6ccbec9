using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Plumbline.XGBoost.Csv;

/// <summary>
/// Reads decimal numbers as float32. A number means what numpy and pandas make of it: the nearest double, narrowed.
/// </summary>
public static unsafe class NumberText
{
    private const int MostDigits = 19;
    private const ulong LargestExact = 1UL << 53;

    private static ReadOnlySpan<double> PowersOfTen =>
        [
            1e0,
            1e1,
            1e2,
            1e3,
            1e4,
            1e5,
            1e6,
            1e7,
            1e8,
            1e9,
            1e10,
            1e11,
            1e12,
            1e13,
            1e14,
            1e15,
            1e16,
            1e17,
            1e18,
            1e19,
            1e20,
            1e21,
            1e22,
        ];

    /// <summary>Reads one cell that is a number from end to end; NaN where it is empty or says nan.</summary>
    public static bool TryParse(ReadOnlySpan<byte> cell, out float value)
    {
        fixed (byte* start = cell)
        {
            var end = start + cell.Length;
            return cell.Length > 0 && TryRead(start, end, out value) == end || TryParseSlowly(cell, out value);
        }
    }

    /// <summary>
    /// Reads plain digits, sign, point and exponent. Gives back the first byte after them, or null where the text is
    /// not of that form or where the quick way could round wrongly.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static byte* TryRead(byte* at, byte* end, out float value)
    {
        value = 0;
        var negative = false;
        if (at < end && *at == '-')
        {
            negative = true;
            at++;
        }
        ulong mantissa = 0;
        var first = at;
        uint digit;
        while (at < end && (digit = (uint)(*at - '0')) <= 9)
        {
            mantissa = mantissa * 10 + digit;
            at++;
        }
        var digits = (int)(at - first);
        if (digits is > 0 and < 16 && at < end && *at is (byte)',' or (byte)'\n')
        {
            value = negative ? -(float)(long)mantissa : (float)(long)mantissa;
            return at;
        }
        var exponent = 0;
        if (at < end && *at == '.')
        {
            var point = ++at;
            while (at < end && (digit = (uint)(*at - '0')) <= 9)
            {
                mantissa = mantissa * 10 + digit;
                at++;
            }
            exponent = -(int)(at - point);
            digits -= exponent;
        }
        if (digits == 0 || digits > MostDigits)
        {
            return null;
        }
        if (at < end && (*at | 0x20) == 'e')
        {
            at = ReadExponent(at + 1, end, ref exponent);
            if (at == null)
            {
                return null;
            }
        }
        if ((uint)(exponent + 22) > 44)
        {
            return null;
        }
        var number = exponent < 0 ? mantissa / PowersOfTen[-exponent] : mantissa * PowersOfTen[exponent];
        if (mantissa > LargestExact && !NarrowsSafely(number))
        {
            return null;
        }
        value = (float)(negative ? -number : number);
        return at;
    }

    /// <summary>Blanks around it, quotes, nan, and whatever needs exact rounding.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryParseSlowly(ReadOnlySpan<byte> cell, out float value)
    {
        cell = cell.Trim(" \t\r"u8);
        if (cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"')
        {
            cell = cell[1..^1].Trim(" \t"u8);
        }
        if (
            cell.IsEmpty
            || (cell.Length == 3 && (cell[0] | 0x20) == 'n' && (cell[1] | 0x20) == 'a' && (cell[2] | 0x20) == 'n')
        )
        {
            value = float.NaN;
            return true;
        }
        var read = Utf8Parser.TryParse(cell, out double number, out var used) && used == cell.Length;
        value = (float)number;
        return read && float.IsFinite(value);
    }

    private static byte* ReadExponent(byte* at, byte* end, ref int exponent)
    {
        var negative = at < end && *at == '-';
        if (at < end && *at is (byte)'-' or (byte)'+')
        {
            at++;
        }
        var first = at;
        var power = 0;
        uint digit;
        while (at < end && at - first < 4 && (digit = (uint)(*at - '0')) <= 9)
        {
            power = power * 10 + (int)digit;
            at++;
        }
        exponent += negative ? -power : power;
        return at == first ? null : at;
    }

    // With more than 53 bits of mantissa the double may be off by two units in the last place. That changes the float
    // only next to the middle between two floats, or where floats have fewer bits.
    private static bool NarrowsSafely(double number)
    {
        const long discarded = (1L << 29) - 1;
        var rest = BitConverter.DoubleToInt64Bits(number) & discarded;
        return number is > 1e-37 and < 1e38 && Math.Abs(rest - (1L << 28)) > 4;
    }
}
