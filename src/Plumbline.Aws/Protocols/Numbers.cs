using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Aws.Protocols;

/// <summary>Numbers as text. JSON has no NaN and no infinities: AWS writes them as words.</summary>
internal static class Numbers
{
    public static double? Special(string? text) =>
        text switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => null,
        };

    public static JsonNode Node(double number) =>
        double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(Text(number));

    public static string Text(double number) =>
        double.IsNaN(number) ? "NaN"
        : double.IsPositiveInfinity(number) ? "Infinity"
        : double.IsNegativeInfinity(number) ? "-Infinity"
        : number.ToString("R", CultureInfo.InvariantCulture);

    public static double Parse(string text) =>
        Special(text)
        ?? (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw WireErrors.Serialization($"'{text}' can not be converted to a number")
        );

    public static long ParseWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw WireErrors.Serialization($"'{text}' can not be converted to an integer");
}
