using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Records.Algorithm;

/// <summary>The check of one hyperparameter, as AWS's image makes it.</summary>
/// <param name="Refuse">Takes name and value; returns AWS's error message, or null for a valid value.</param>
internal sealed record AwsRule(Func<string, string, string?> Refuse)
{
    public static AwsRule Whole(string interval)
    {
        var range = new AwsInterval(interval);
        return new(
            (name, text) =>
                long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                    ? range.Contains(value)
                        ? null
                        : NotIn(name, $"{value}", range.Text)
                    : Unreadable(name)
        );
    }

    public static AwsRule Number(string interval)
    {
        var range = new AwsInterval(interval);
        return new(
            (name, text) =>
                TryNumber(text, out var value)
                    ? range.Contains(value)
                        ? null
                        : NotIn(name, Shown(value), range.Text)
                    : Unreadable(name)
        );
    }

    public static AwsRule OneOf(params string[] values) =>
        new((name, text) => values.Contains(text) ? null : NotIn(name, text, List(values)));

    /// <summary>Values separated by commas.</summary>
    public static AwsRule SomeOf(IReadOnlyList<string> values, Func<string, string?>? special = null) =>
        new(
            (name, text) =>
            {
                var items = text.Split(',');
                foreach (var item in items.Where(item => !values.Contains(item)))
                {
                    if (special?.Invoke(item) is not { } answer)
                    {
                        return $"Hyperparameter {name}: value {List(items)} not in range {List(values)}";
                    }
                    if (answer.Length > 0)
                    {
                        return answer;
                    }
                }
                return null;
            }
        );

    /// <summary>A tuple or a list that matches a pattern.</summary>
    public static AwsRule Matching(Regex pattern, string range) =>
        new((name, text) => pattern.IsMatch(text) ? null : $"Hyperparameter {name}: value {text} not in range {range}");

    /// <summary>Writes a list as Python prints it, which is its form in AWS's messages.</summary>
    public static string List(IEnumerable<string> values) =>
        $"[{string.Join(", ", values.Select(value => $"'{value}'"))}]";

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && !double.IsNaN(value);

    private static string NotIn(string name, string value, string range) =>
        $"Hyperparameter {name}: {value} is not in {range}";

    private static string Unreadable(string name) =>
        $"Hyperparameter {name}: could not parse value (caused by ValueError)";

    private static string Shown(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e16
            ? value.ToString("F1", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
}
