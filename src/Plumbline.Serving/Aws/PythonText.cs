using System.Globalization;
using System.Text;

namespace Plumbline.Serving.Aws;

/// <summary>Formats numbers and lists as Python does: a float32 has the digits of the double it becomes.</summary>
internal static class PythonText
{
    public static string Of(double number)
    {
        if (double.IsNaN(number))
        {
            return "nan";
        }
        if (double.IsInfinity(number))
        {
            return number > 0 ? "inf" : "-inf";
        }
        // Python uses an exponent below 1e-4 and from 1e16; .NET uses one from 1e-5 down and from 1e15.
        var shortest = number.ToString("E16", CultureInfo.InvariantCulture);
        var exponent = int.Parse(shortest[(shortest.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
        var digits = Digits(number);
        if (number == 0)
        {
            return double.IsNegative(number) ? "-0.0" : "0.0";
        }
        var sign = number < 0 ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            var rest = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{rest}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }
        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }
        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Formats a list, for example <c>[0.25, 0.75]</c>.</summary>
    public static string Of(IEnumerable<double> numbers) => $"[{string.Join(", ", numbers.Select(Of))}]";

    // The shortest digits that parse back to the same number, without point, exponent, or leading and trailing zeros.
    private static string Digits(double number)
    {
        var text = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var end = text.IndexOf('E', StringComparison.Ordinal);
        var digits = new StringBuilder(end < 0 ? text : text[..end]).Replace(".", "").ToString().Trim('0');
        return digits.Length == 0 ? "0" : digits;
    }
}
