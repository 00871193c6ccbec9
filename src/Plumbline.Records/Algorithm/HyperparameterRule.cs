using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Records.Algorithm;

/// <summary>The allowed values of a hyperparameter.</summary>
/// <param name="Allowed">The allowed values in words; follows "must be".</param>
/// <param name="Allows">True for an allowed value.</param>
public sealed record HyperparameterRule(string Allowed, Func<string, bool> Allows)
{
    /// <summary>A whole number; both ends are allowed.</summary>
    public static HyperparameterRule Whole(long low, long high) =>
        new(
            high == long.MaxValue || high == int.MaxValue
                ? $"a whole number, {low} or more"
                : $"a whole number from {low} to {high}",
            text =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                && value >= low
                && value <= high
        );

    /// <summary>A number; both ends are allowed.</summary>
    public static HyperparameterRule Number(double low, double high) =>
        new(Range("from", low, high), text => Parse(text) is { } value && value >= low && value <= high);

    /// <summary>A number; the low end itself is not allowed.</summary>
    public static HyperparameterRule NumberAbove(double low, double high) =>
        new(Range("above", low, high), text => Parse(text) is { } value && value > low && value <= high);

    /// <summary>A number; neither end is allowed.</summary>
    public static HyperparameterRule NumberBetween(double low, double high) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a number between {low} and {high}"),
            text => Parse(text) is { } value && value > low && value < high
        );

    public static HyperparameterRule OneOf(params string[] values) =>
        new($"one of {string.Join(", ", values)}", values.Contains);

    /// <summary>A text that matches a pattern.</summary>
    public static HyperparameterRule Matching(string allowed, Regex pattern) => new(allowed, pattern.IsMatch);

    public static HyperparameterRule Any() => new("a text", _ => true);

    private static string Range(string word, double low, double high)
    {
        var floor = double.IsNegativeInfinity(low)
            ? "a number"
            : string.Create(CultureInfo.InvariantCulture, $"a number {word} {low}");
        return double.IsPositiveInfinity(high)
            ? floor
            : string.Create(CultureInfo.InvariantCulture, $"{floor} to {high}");
    }

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;
}
