using System.Globalization;
using System.Text;

namespace Plumbline.Records.Quality;

/// <summary>The number that is the truth or the prediction in a regression.</summary>
public static class TruthNumber
{
    /// <summary>Reads a finite number, with a point and without separators; null for any other text.</summary>
    public static double? Find(string text) =>
        double.TryParse(text.Trim().Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <inheritdoc cref="Find(string)"/>
    public static double? Find(ReadOnlySpan<byte> text) => Find(Encoding.UTF8.GetString(text));

    /// <summary>The length of the longest text.</summary>
    public const int MostBytes = 32;

    /// <summary>Writes <see cref="Text"/> as UTF-8.</summary>
    /// <param name="number">The number.</param>
    /// <param name="to">At least <see cref="MostBytes"/>.</param>
    /// <returns>The number of bytes.</returns>
    public static int Write(double number, Span<byte> to)
    {
        // The index of a class, in nearly all tables.
        if (number is >= 0 and < 10 && number == (byte)number && !double.IsNegative(number))
        {
            to[0] = (byte)('0' + (byte)number);
            return 1;
        }
        number.TryFormat(to, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>The shortest text of the number.</summary>
    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
