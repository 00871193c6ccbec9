using System.Globalization;
using Plumbline.Records.Backtests;
using Plumbline.Records.Quality;

namespace Plumbline.Backtest.Grids;

/// <summary>Chooses settings from the results of a backtest, and says why.</summary>
public static class Recommender
{
    // A setting may cost this much of a share such as accuracy, or this part of an error, if it saves labels or trainings.
    private const double Close = 0.005;
    private const double CloseOfErrors = 0.01;

    /// <summary>A threshold leaves this share of the windows on its wrong side.</summary>
    private const double Unusual = 0.05;

    private const decimal Spare = 1.25m;

    /// <summary>The threshold and the budget follow from the replay; the schedule and the audit share from a grid.</summary>
    public static IReadOnlyList<Advice> Of(BacktestReport report)
    {
        var chosen = Chosen(report);
        return
        [
            Recipes(report),
            Threshold(report),
            .. chosen is null ? Array.Empty<Advice>() : [Schedule(report, chosen), AuditShare(report, chosen)],
            .. Budget(report, chosen?.Result ?? report.OfLoop()) is { } budget ? [budget] : Array.Empty<Advice>(),
        ];
    }

    private static Advice Recipes(BacktestReport report)
    {
        var (kind, loop) = (report.Kind(), report.OfLoop());
        var (never, best) = (report.Of(BacktestReport.Never), report.Best());
        var gain = kind.Gain(loop.Figure, best.Figure);
        var isNeverBest = best.Policy == BacktestReport.Never && gain < 0;
        return new Advice(
            "retraining",
            isNeverBest ? "seldom" : loop.Policy,
            $"{kind.Words} of '{loop.Policy}' is {Text(kind, loop.Figure)}; of never retraining {Text(kind, never.Figure)}; of the best single policy in hindsight, '{best.Policy}', {Text(kind, best.Figure)}."
                + (
                    isNeverBest ? " So retraining gains nothing on these rows."
                    : gain >= 0 ? " So it is at least as good as the best choice, which nobody knew before."
                    : $" So it loses {Text(kind, -gain)} against the best choice, which nobody knew before."
                )
        );
    }

    private static Advice Threshold(BacktestReport report)
    {
        var (kind, loop) = (report.Kind(), report.OfLoop());
        double[] worstFirst =
        [
            .. kind.HigherIsBetter ? loop.FigureByWindow.Order() : loop.FigureByWindow.OrderDescending(),
        ];
        var limit = worstFirst[(int)(worstFirst.Length * Unusual)];
        // Rounded to the safe side, with two digits.
        var step = kind.HigherIsBetter ? 0.01 : Math.Pow(10, Math.Floor(Math.Log10(Math.Max(limit, 1e-9))) - 1);
        var value = kind.HigherIsBetter ? Math.Floor(limit / step) * step : Math.Ceiling(limit / step) * step;
        var misses = loop.FigureByWindow.Count(figure => kind.Misses(figure, value));
        return new Advice(
            "quality.threshold",
            value.ToString("0.####", CultureInfo.InvariantCulture),
            $"'{loop.Policy}' was {kind.WrongSide} it in {misses} of {loop.Rows.Count} windows, so an alarm means that something unusual has happened. Never retraining would have been {kind.WrongSide} it in {report.Of(BacktestReport.Never).FigureByWindow.Count(figure => kind.Misses(figure, value))}."
        );
    }

    /// <summary>The cheapest setting of the blend's recipes that is close to the best one; null without a grid.</summary>
    private static GridResult? Chosen(BacktestReport report)
    {
        var blends = Blends(report).ToList();
        if (blends.Count == 0)
        {
            return null;
        }
        var best = Best(report, blends);
        return blends
            .Where(one => Loss(report, one, best) <= Allowed(report, best))
            .OrderBy(one => one.Result.Labels)
            .ThenBy(one => one.Result.Dollars)
            .ThenBy(one => one.Result.TrainedRows)
            .First();
    }

    private static Advice Schedule(BacktestReport report, GridResult chosen)
    {
        var kind = report.Kind();
        var others = Blends(report)
            .Where(one => one.Setting.LabelShare == chosen.Setting.LabelShare)
            .OrderByDescending(one => one.Setting.Windows)
            .Select(one => $"{one.Setting.Windows} windows: {Text(kind, one.Result.Figure)}{Cost(one.Result)}");
        var every = report is { From: { } from, To: { } to }
            ? $" One of {chosen.Setting.Windows} windows of these rows is {Days((to - from) * (1 - report.InitialRows / (double)report.Rows) / chosen.Setting.Windows)}."
            : $" One window has {(report.Rows - report.InitialRows) / chosen.Setting.Windows} rows.";
        return new Advice(
            "monitor.schedule",
            $"{chosen.Setting.Windows} times over these rows",
            $"{kind.Words} by the number of deliveries of labels: {string.Join("; ", others)}.{every}"
        );
    }

    private static Advice AuditShare(BacktestReport report, GridResult chosen)
    {
        var (kind, best) = (report.Kind(), Best(report, [.. Blends(report)]));
        var others = Blends(report)
            .Where(one => one.Setting.Windows == chosen.Setting.Windows)
            .OrderByDescending(one => one.Setting.LabelShare)
            .Select(one =>
                $"{Share(one.Setting.LabelShare)}: {Text(kind, one.Result.Figure)} with {one.Result.Labels} labels"
            );
        return new Advice(
            "monitor.auditShare",
            Share(chosen.Setting.LabelShare),
            $"It is the smallest share that loses at most {Text(kind, Allowed(report, best))} against the best setting ({Text(kind, best.Result.Figure)}). {kind.Words} by share: {string.Join("; ", others)}."
        );
    }

    private static Advice? Budget(BacktestReport report, PolicyResult chosen)
    {
        if (chosen.Dollars is not { } dollars)
        {
            return null;
        }
        var months = report is { From: { } from, To: { } to }
            ? Math.Max(1, (to - from).TotalDays * (1 - report.InitialRows / (double)report.Rows) / 30.4)
            : (double?)null;
        var value = (months is { } count ? dollars / (decimal)count : dollars) * Spare;
        var smaller = report
            .Grid.Where(one => one.Setting.Budget is not null)
            .Select(one =>
                $"with ${one.Setting.Budget:0.00}, {report.Kind().InSentence} is {Text(report.Kind(), one.Result.Figure)}"
            );
        return new Advice(
            "retraining.budget",
            $"${decimal.Ceiling(value)}{(months is null ? " for a period of this length" : " a month")}",
            FormattableString.Invariant(
                $"{chosen.Trainings} trainings on {report.Instance} cost ${dollars:0.00} in all, by the built-in prices and two minutes for the start of each job; a quarter is added."
            ) + (smaller.Any() ? $" For comparison: {string.Join("; ", smaller)}." : "")
        );
    }

    private static IEnumerable<GridResult> Blends(BacktestReport report)
    {
        var recipes = report.Of(BacktestReport.Blend).Recipes;
        return report.Grid.Where(one =>
            one.Setting is { Budget: null, Threshold: null } && one.Setting.Recipes.SequenceEqual(recipes)
        );
    }

    private static GridResult Best(BacktestReport report, IReadOnlyList<GridResult> among) =>
        among.Aggregate((best, one) => report.Kind().Gain(one.Result.Figure, best.Result.Figure) > 0 ? one : best);

    private static double Loss(BacktestReport report, GridResult one, GridResult best) =>
        report.Kind().Gain(best.Result.Figure, one.Result.Figure);

    private static double Allowed(BacktestReport report, GridResult best) =>
        report.Kind().IsShare ? Close : CloseOfErrors * best.Result.Figure;

    private static string Text(MetricKind kind, double value) =>
        kind.IsShare ? value.ToString("0.0000", CultureInfo.InvariantCulture) : kind.Text(value);

    private static string Cost(PolicyResult result) =>
        result.Dollars is { } dollars ? FormattableString.Invariant($" for ${dollars:0.00}") : "";

    private static string Share(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Days(TimeSpan time) =>
        time.TotalDays >= 2
            ? FormattableString.Invariant($"about {time.TotalDays:0} days")
            : FormattableString.Invariant($"about {Math.Max(1, time.TotalHours):0} hours");
}
