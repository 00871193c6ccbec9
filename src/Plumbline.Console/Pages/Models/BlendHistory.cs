using Plumbline.Loop.Registry;
using Plumbline.Records.Backtests;
using Plumbline.Records.Recipes;

namespace Plumbline.WebConsole.Pages.Models;

/// <summary>The weights of a project's blends, as a picture: which recipe was right in which time.</summary>
internal static class BlendHistory
{
    /// <summary>The picture as HTML; null with fewer than two blends, which make no line.</summary>
    /// <param name="versions">All versions, oldest first.</param>
    public static string? Html(IEnumerable<ModelVersion> versions)
    {
        var blends = versions
            .Select(version => (version.Version, Weights: BlendReport.WeightsOf(version.Weights)))
            .Where(one => one.Weights.Count > 0)
            .ToList();
        if (blends.Count < 2)
        {
            return null;
        }

        var lines = blends
            .SelectMany(one => one.Weights.Keys)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(recipe =>
                (recipe, (IReadOnlyList<double>)[.. blends.Select(one => one.Weights.GetValueOrDefault(recipe))])
            )
            .ToList();
        return LineSvg.Of(
            $"The weight of each recipe by version, in version {blends[^1].Version}: "
                + string.Join(
                    ", ",
                    lines.Select(line => FormattableString.Invariant($"{line.recipe} {line.Item2[^1]:0.00}"))
                ),
            lines,
            $"version {blends[0].Version}",
            $"version {blends[^1].Version}"
        );
    }
}
