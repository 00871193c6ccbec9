using Plumbline.Records.Project;

namespace Plumbline.Records.Recipes;

/// <summary>
/// The losses of recipes on labelled rows of the audit sample, each by the model that the recipe had before it could
/// learn the row.
/// </summary>
public sealed record RecipeLosses
{
    /// <summary>Older rows weigh less than a thousandth (<see cref="BlendWeights.Discount"/>) and are dropped.</summary>
    public const int Windows = 20;

    /// <summary>Of more rows, the newest are kept.</summary>
    public const int MostRows = 20_000;

    public static RecipeLosses Empty { get; } =
        new() { Times = [], Recipes = new SortedDictionary<string, IReadOnlyList<double?>>() };

    /// <summary>When the model answered each row, oldest first.</summary>
    public required IReadOnlyList<DateTimeOffset> Times { get; init; }

    /// <summary>For each recipe, its loss on each row; null if it had no model then.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double?>> Recipes { get; init; }

    /// <summary>Adds rows, and drops those that are too old to count.</summary>
    /// <param name="times">When the model answered each new row.</param>
    /// <param name="losses">For each recipe with a model, its loss on each new row.</param>
    /// <param name="window">The length of a window.</param>
    public RecipeLosses With(
        IReadOnlyList<DateTimeOffset> times,
        IReadOnlyDictionary<string, double[]> losses,
        TimeSpan window
    )
    {
        var all = Times.Concat(times).ToArray();
        if (all.Length == 0)
            return this;
        var oldest = all.Max() - Windows * window;
        int[] kept =
        [
            .. Enumerable
                .Range(0, all.Length)
                .Where(row => all[row] >= oldest)
                .OrderBy(row => all[row])
                .TakeLast(MostRows),
        ];
        IReadOnlyList<double?> Of(string recipe)
        {
            double?[] before = [.. Recipes.GetValueOrDefault(recipe) ?? new double?[Times.Count]];
            double?[] now = losses.TryGetValue(recipe, out var own)
                ? [.. own.Select(loss => (double?)loss)]
                : new double?[times.Count];
            double?[] joined = [.. before, .. now];
            return [.. kept.Select(row => joined[row])];
        }
        return new RecipeLosses
        {
            Times = [.. kept.Select(row => all[row])],
            Recipes = new SortedDictionary<string, IReadOnlyList<double?>>(
                Recipes.Keys.Union(losses.Keys).ToDictionary(recipe => recipe, Of),
                StringComparer.Ordinal
            ),
        };
    }

    /// <summary>
    /// How far the model of base data alone is behind the best other recipe on the rows of the newest window, if chance does
    /// not explain it: traffic has then left the base data. Null otherwise, and without the recipe <c>first</c>.
    /// </summary>
    public FirstBehind? FindFirstBehind(TimeSpan window)
    {
        if (!Recipes.TryGetValue(Recipe.First.Name, out var first))
            return null;
        var ages = Ages(window);
        int[] rows = [.. Enumerable.Range(0, ages.Length).Where(row => first[row] is not null && ages[row] == 0)];
        return Recipes
            .Where(one => one.Key != Recipe.First.Name && rows.All(row => one.Value[row] is not null))
            .Select(one => FirstBehind.Of(one.Key, [.. rows.Select(row => first[row]!.Value - one.Value[row]!.Value)]))
            .MaxBy(one => one?.Difference);
    }

    /// <summary>The weights of recipes in a blend; see <see cref="BlendWeights"/>.</summary>
    /// <param name="recipes">The recipes.</param>
    /// <param name="priors">Their priors; 0 leaves a recipe out.</param>
    /// <param name="window">The length of a window.</param>
    public double[] Weights(IReadOnlyList<Recipe> recipes, IReadOnlyList<double> priors, TimeSpan window) =>
        BlendWeights.Of(
            [
                .. recipes.Select(recipe =>
                    Recipes.TryGetValue(recipe.Name, out var own)
                        ? own.Select(loss => loss ?? double.NaN).ToArray()
                        : [.. Times.Select(_ => double.NaN)]
                ),
            ],
            Ages(window),
            priors
        );

    /// <summary>The age of each row in windows; 0 in the newest.</summary>
    private double[] Ages(TimeSpan window)
    {
        var newest = Times.Count > 0 ? MonitorDescription.WindowAt(Times.Max(), window) : 0;
        return [.. Times.Select(time => (double)(newest - MonitorDescription.WindowAt(time, window)))];
    }
}
