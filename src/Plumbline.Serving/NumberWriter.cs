using System.Globalization;

namespace Plumbline.Serving;

/// <summary>
/// Writes float32 values as decimals that parse back to the same value, with 7 digits if possible, else 8 or 9. Most
/// numbers here are probabilities, for which the framework's general formatter takes five times as long.
/// </summary>
internal static class NumberWriter
{
    /// <summary>The bytes of the longest number, -1.17549435E-38, with one to spare.</summary>
    public const int Longest = 16;

    private const double Smallest = 1e-4;
    private static ReadOnlySpan<double> Scales => [1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13];

    /// <summary>Returns the bytes written. <paramref name="text"/> must have room for <see cref="Longest"/>.</summary>
    public static int Write(float number, Span<byte> text)
    {
        if (number is >= (float)Smallest and < 1)
        {
            // The number of zeros between the decimal point and the first digit.
            var zeros =
                number >= 0.1f ? 0
                : number >= 0.01f ? 1
                : number >= 0.001f ? 2
                : 3;
            for (var digits = 7; digits <= 9; digits++)
            {
                var scale = Scales[zeros + digits - 7];
                var scaled = (long)(number * scale + 0.5);
                if ((float)(scaled / scale) == number)
                {
                    return WriteFraction(scaled, zeros + digits, text);
                }
            }
        }
        number.TryFormat(text, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int WriteFraction(long scaled, int decimals, Span<byte> text)
    {
        while (scaled % 10 == 0)
        {
            scaled /= 10;
            decimals--;
        }
        text[0] = (byte)'0';
        text[1] = (byte)'.';
        for (var at = decimals + 1; at > 1; at--)
        {
            (scaled, var digit) = Math.DivRem(scaled, 10);
            text[at] = (byte)('0' + digit);
        }
        return decimals + 2;
    }
}
