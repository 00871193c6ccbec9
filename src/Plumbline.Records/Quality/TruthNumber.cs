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

    /// <summary>The shortest text of the number.</summary>
    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
