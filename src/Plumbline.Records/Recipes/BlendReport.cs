using System.Globalization;

namespace Plumbline.Records.Recipes;

/// <summary>The parts of a blend: <c>blend.json</c>.</summary>
public sealed record BlendReport
{
    /// <summary>The name of its file.</summary>
    public const string File = "blend.json";

    /// <summary>The parts, the heaviest first.</summary>
    public required IReadOnlyList<BlendedPart> Parts { get; init; }

    /// <summary>
    /// The parts in one line, such as <c>decay 0.41 + new 0.33 + recent 0.26</c>: the metadata of a version may not contain
    /// a comma or a per cent sign.
    /// </summary>
    public required string Weights { get; init; }

    /// <summary>The source of the weights in one sentence, and each recipe that was left out, with the reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Set if traffic has left the base data, so that base rows no longer hold a candidate.</summary>
    public FirstBehind? FirstBehind { get; init; }

    /// <summary>Reads <see cref="Weights"/>: the weight of each recipe; empty for another text.</summary>
    public static IReadOnlyDictionary<string, double> WeightsOf(string text)
    {
        var weights = new Dictionary<string, double>();
        foreach (var part in text.Split(" + ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                part.Split(' ') is [var recipe, var share]
                && double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            )
            {
                weights[recipe] = weight;
            }
        }

        return weights;
    }

    /// <param name="parts">The parts; their weights add up to 1.</param>
    /// <param name="judged">The number of labelled rows that judged the recipes.</param>
    /// <param name="leftOut">Sentences about recipes that are not in the blend.</param>
    public static BlendReport Of(IEnumerable<BlendedPart> parts, int judged, IReadOnlyList<string> leftOut)
    {
        BlendedPart[] sorted = [.. parts.OrderByDescending(part => part.Weight).ThenBy(part => part.Recipe)];
        var weights = string.Join(" + ", sorted.Select(part => part.Text()));
        var why =
            judged < BlendWeights.LeastRows
                ? "the weights are the usual ones, because too few labels have judged the recipes yet"
                : $"weighted by {judged} labels that judged each recipe before it learned them";
        return new BlendReport
        {
            Parts = sorted,
            Weights = weights,
            Reason = string.Join(' ', [$"Blend of {weights}: {why}.", .. leftOut]),
        };
    }
}

/// <param name="Recipe">The recipe's name.</param>
/// <param name="Weight">Its share, over 0.</param>
/// <param name="ModelUri">Its model in S3.</param>
public sealed record BlendedPart(string Recipe, double Weight, string ModelUri)
{
    /// <summary>Such as <c>decay 0.41</c>.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture, $"{Recipe} {Weight:0.00}");
}
