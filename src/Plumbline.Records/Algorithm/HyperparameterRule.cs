using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Records.Algorithm;

/// <summary>The values that a hyperparameter may have.</summary>
/// <param name="Allowed">The allowed values in words, to go after "must be".</param>
/// <param name="Allows">Whether a value is one of them.</param>
public sealed record HyperparameterRule(string Allowed, Func<string, bool> Allows)
{
    /// <summary>A whole number, both ends allowed.</summary>
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

    /// <summary>A number, both ends allowed.</summary>
    public static HyperparameterRule Number(double low, double high) =>
        new(Range("from", low, high), text => Parse(text) is { } value && value >= low && value <= high);

    /// <summary>The low end itself is not allowed.</summary>
    public static HyperparameterRule NumberAbove(double low, double high) =>
        new(Range("above", low, high), text => Parse(text) is { } value && value > low && value <= high);

    /// <summary>Neither end is allowed.</summary>
    public static HyperparameterRule NumberBetween(double low, double high) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a number between {low} and {high}"),
            text => Parse(text) is { } value && value > low && value < high
        );

    /// <summary>One of these texts.</summary>
    public static HyperparameterRule OneOf(params string[] values) =>
        new($"one of {string.Join(", ", values)}", values.Contains);

    /// <summary>A text that a pattern matches.</summary>
    public static HyperparameterRule Matching(string allowed, Regex pattern) => new(allowed, pattern.IsMatch);

    /// <summary>Any text.</summary>
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
