using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Aws.Protocols;

/// <summary>Numbers as text. JSON has neither NaN nor infinities; AWS writes them as words.</summary>
public static class Numbers
{
    internal static double? Special(string? text) =>
        text switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => null,
        };

    internal static JsonNode Node(double number) =>
        double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(Text(number));

    /// <summary>Writes 30.0 instead of 30, like AWS, so that readers without a model recognize a double.</summary>
    public static string Text(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN"
                : number > 0 ? "Infinity"
                : "-Infinity";
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    internal static double Parse(string text) =>
        Special(text)
        ?? (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw WireErrors.Serialization($"'{text}' can not be converted to a number")
        );

    internal static long ParseWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw WireErrors.Serialization($"'{text}' can not be converted to an integer");
}
