using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Records.Quality;

namespace Plumbline.Backtest.Grids;

/// <summary>Plays many settings on one stream, on all cores.</summary>
/// <param name="Replay">The stream and the settings that the grid does not change.</param>
/// <param name="Settings">The settings to play.</param>
public sealed record Grid(Replay Replay, IReadOnlyList<GridSetting> Settings)
{
    private static readonly double[] Shares = [1, 0.3, 0.1, 0.03, 0.01];
    private static readonly double[] Margins = [0, 0.02, 0.05];
    private static readonly string[][] OtherRecipes =
    [
        ["new"],
        ["decay"],
        ["recent"],
        ["old"],
        ["new", "recent"],
        ["first", "new", "recent"],
        ["first", "new", "decay", "recent", "old"],
    ];

    /// <summary>
    /// Each label share with each schedule; for the first of both, other recipes, thresholds of an alarm, and budgets.
    /// </summary>
    /// <param name="replay">The replay that the settings vary.</param>
    /// <param name="report">The result of the replay itself.</param>
    public static Grid Usual(Replay replay, BacktestReport report)
    {
        var recipes = BacktestPolicy.Blend.Recipes.Select(one => one.Recipe.Name).ToArray();
        var (windows, share) = (replay.Windows.Count, replay.Labels.Share);
        int[] schedules = replay.Every is null
            ? [.. new[] { windows, windows / 2, windows / 4 }.Where(count => count > 1).Distinct()]
            : [windows];
        var spent = report.Of(BacktestReport.Blend).Dollars;
        return new Grid(
            replay,
            [
                .. schedules.SelectMany(count =>
                    Shares
                        .Where(one => one <= share)
                        .Prepend(share)
                        .Distinct()
                        .Select(one => new GridSetting(count, one, recipes))
                ),
                .. OtherRecipes.Select(names => new GridSetting(windows, share, names)),
                .. replay.Stream.Task == TaskKind.Classification
                    ? Margins.Select(margin => new GridSetting(
                        windows,
                        share,
                        ["new"],
                        Math.Round(report.Reference - margin, 3)
                    ))
                    : [],
                .. spent is > 0
                    ? new[] { 0.5m, 0.25m }.Select(part => new GridSetting(
                        windows,
                        share,
                        recipes,
                        Budget: decimal.Round(spent.Value * part, 2)
                    ))
                    : [],
            ]
        );
    }

    /// <summary>Plays all settings that are not in a folder yet, and returns the results in the order of the settings.</summary>
    /// <param name="folder">Has one file for each setting.</param>
    /// <param name="progress">Called after each setting: how many are done, of how many, and how many were known before.</param>
    public async Task<IReadOnlyList<GridResult>> RunAsync(
        string folder,
        Action<int, int, int> progress,
        CancellationToken cancellationToken
    )
    {
        var results = new GridResults(folder, Replay);
        var known = Settings.ToDictionary(setting => setting, results.Find);
        var (done, before) = (known.Values.Count(one => one is not null), known.Values.Count(one => one is not null));
        progress(done, Settings.Count, before);
        // Settings with the same labels at the same times share their models, and so one core.
        var groups = Settings
            .Where(setting => known[setting] is null)
            .GroupBy(setting => (setting.Windows, setting.LabelShare))
            .OrderByDescending(group => group.Key.LabelShare * group.Count())
            .ToList();
        var gate = new Lock();
        await Parallel.ForEachAsync(
            groups,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            },
            (group, cancel) =>
            {
                using var backtest = Variant(group.Key.Windows, group.Key.LabelShare).Open();
                foreach (var setting in group)
                {
                    cancel.ThrowIfCancellationRequested();
                    var result = new GridResult(setting, backtest.Run(PolicyOf(setting)));
                    results.Store(result);
                    lock (gate)
                    {
                        known[setting] = result;
                        progress(++done, Settings.Count, before);
                    }
                }
                return ValueTask.CompletedTask;
            }
        );
        return [.. Settings.Select(setting => known[setting]!)];
    }

    private Replay Variant(int windows, double share) =>
        Replay with
        {
            Windows = windows == Replay.Windows.Count ? Replay.Windows : Replay.Windows.Fewer(windows),
            Labels = Replay.Labels with { Share = share },
        };

    private static BacktestPolicy PolicyOf(GridSetting setting) =>
        RecipeNames.Policy(setting.Words(), setting.Recipes, setting.Threshold, setting.Budget);
}
