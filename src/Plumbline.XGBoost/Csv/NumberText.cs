using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.XGBoost.Csv;

/// <summary>Reads decimal numbers as numpy and pandas do: the nearest double, narrowed to float32.</summary>
public static unsafe class NumberText
{
    /// <summary>The number of bytes that <see cref="TryReadQuickly"/> may read from its start.</summary>
    internal const int QuickReach = 24;

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

    /// <summary>Reads one cell that must be a number as a whole; NaN if the cell is empty or nan.</summary>
    public static bool TryParse(ReadOnlySpan<byte> cell, out float value)
    {
        fixed (byte* start = cell)
        {
            var end = start + cell.Length;
            return cell.Length > 0 && TryRead(start, end, out value) == end || TryParseSlowly(cell, out value);
        }
    }

    /// <summary>
    /// Reads a number like 12.345 without a branch for each digit: at most 7 digits before the point and 8 after it,
    /// then a comma or a line break. Returns the position of the comma or line break, or null if the text has another
    /// form.
    /// </summary>
    /// <param name="at">At least <see cref="QuickReach"/> readable bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* TryReadQuickly(byte* at, out float value)
    {
        value = 0;
        var negative = *at == '-' ? 1u : 0u;
        at += negative;
        var word = *(ulong*)at;
        var digits = LeadingDigits(word);
        if (digits is 0 or 8)
        {
            return null;
        }
        var mantissa = Digits(word, digits);
        at += digits;
        double number;
        if (*at == '.')
        {
            word = *(ulong*)(at + 1);
            digits = LeadingDigits(word);
            if (digits == 0)
            {
                return null;
            }
            at += digits + 1;
            // A mantissa below 10^15 and a power of ten are both exact in a double, so the result is rounded only once.
            var power = PowersOfTen[digits];
            number = (mantissa * power + Digits(word, digits)) / power;
        }
        else
        {
            number = mantissa;
        }
        value = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)number) | negative << 31);
        return *at is (byte)',' or (byte)'\n' ? at : null;
    }

    /// <summary>
    /// Reads sign, digits, point and exponent. Returns the first byte after them, or null if the text has another form
    /// or this method could round it wrongly.
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

    /// <summary>Reads cells with blanks, quotes or nan, and numbers that need exact rounding.</summary>
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

    // The number of digits before the first of eight bytes that is not a digit.
    private static int LeadingDigits(ulong word)
    {
        var values = word ^ 0x3030303030303030;
        var others = ((values + 0x7676767676767676) | values) & 0x8080808080808080;
        return BitOperations.TrailingZeroCount(others) / 8;
    }

    // The value of the first 1 to 8 digits of a word. Each step joins neighbours: to pairs, then fours, then eight
    // digits.
    private static double Digits(ulong word, int count)
    {
        word = (word << (64 - 8 * count)) & 0x0F0F0F0F0F0F0F0F;
        word = word * 2561 >> 8;
        word = (word & 0x00FF00FF00FF00FF) * 6553601 >> 16;
        return (word & 0x0000FFFF0000FFFF) * 42949672960001 >> 32;
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
    // only close to the middle between two floats, or where float32 is subnormal or overflows.
    private static bool NarrowsSafely(double number)
    {
        const long discarded = (1L << 29) - 1;
        var rest = BitConverter.DoubleToInt64Bits(number) & discarded;
        return number is > 1e-37 and < 1e38 && Math.Abs(rest - (1L << 28)) > 4;
    }
}
