namespace Plumbline.Records.Backtests;

/// <summary>The settings of one replay of a grid.</summary>
/// <param name="Windows">How often labels come in.</param>
/// <param name="LabelShare">The share of the served rows that get a label.</param>
/// <param name="Recipes">The recipes, by their names.</param>
/// <param name="Threshold">
/// The figure at which all recipes are trained, as on an alarm; with one recipe, the only reason to train. Null without.
/// </param>
/// <param name="Budget">The US dollars that retrainings may cost; null without a limit.</param>
public sealed record GridSetting(
    int Windows,
    double LabelShare,
    IReadOnlyList<string> Recipes,
    double? Threshold = null,
    decimal? Budget = null
)
{
    /// <summary>The setting in words.</summary>
    public string Words() =>
        FormattableString.Invariant(
            $"{Windows} windows, {LabelShare:0.##%} of the labels, {string.Join(" + ", Recipes)}"
        )
        + (Threshold is { } threshold ? FormattableString.Invariant($", threshold {threshold:0.###}") : "")
        + (Budget is { } budget ? FormattableString.Invariant($", budget ${budget:0.00}") : "");
}
