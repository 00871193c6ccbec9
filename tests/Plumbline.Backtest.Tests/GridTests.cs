using Plumbline.Backtest.Grids;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Testing;

namespace Plumbline.Backtest.Tests;

public sealed class GridTests : IDisposable
{
    private const int Rows = 1_200;
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_grid_that_was_stopped_continues_where_it_was()
    {
        var replay = Replayed();
        var grid = new Grid(
            replay,
            [
                new GridSetting(6, 1, ["new"]),
                new GridSetting(6, 0.5, ["new"]),
                new GridSetting(3, 1, ["first", "recent"]),
                new GridSetting(6, 1, ["new"], Threshold: 0.7),
            ]
        );
        var whole = await grid.RunAsync(folder.At("results"), (_, _, _) => { }, default);
        var files = Directory.GetFiles(folder.At("results"));
        files.Length.ShouldBe(4);
        File.Delete(files[0]);
        await File.WriteAllTextAsync(files[1] + ".1.part", "half a resu");

        var counts = new List<(int, int, int)>();
        var again = await grid.RunAsync(
            folder.At("results"),
            (done, of, known) => counts.Add((done, of, known)),
            default
        );

        counts.ShouldBe([(3, 4, 3), (4, 4, 3)]);
        again.Select(one => one.Result.Figure).ShouldBe(whole.Select(one => one.Result.Figure));
        again.Select(one => one.Setting.Words()).ShouldBe(grid.Settings.Select(one => one.Words()));
    }

    [Fact]
    public async Task Results_of_another_stream_are_not_taken()
    {
        GridSetting[] settings = [new GridSetting(3, 1, ["new"])];
        await new Grid(Replayed(), settings).RunAsync(folder.At("results"), (_, _, _) => { }, default);

        var known = -1;
        await new Grid(Replayed(seed: 9), settings).RunAsync(folder.At("results"), (_, _, one) => known = one, default);

        known.ShouldBe(0);
        Directory.GetFiles(folder.At("results")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_recommendation_has_each_setting_and_figures()
    {
        var replay = Replayed();
        var report = replay.Play(DateTimeOffset.UnixEpoch);
        var grid = Grid.Usual(replay, report);
        report = report with { Grid = await grid.RunAsync(folder.At("results"), (_, _, _) => { }, default) };

        var advice = Recommender.Of(report);

        advice
            .Select(one => one.Setting)
            .ShouldBe([
                "retraining",
                "quality.threshold",
                "monitor.schedule",
                "monitor.auditShare",
                "retraining.budget",
            ]);
        advice.ShouldAllBe(one => one.Why.Any(char.IsDigit) && one.Why.EndsWith('.'));
        var html = ReportHtml.Page(report with { Recommendation = advice, Source = "<b>rows.csv" });
        html.ShouldContain("Backtest of &lt;b&gt;rows.csv");
        html.ShouldContain("monitor.auditShare");
        html.ShouldNotContain("<b>rows");
    }

    [Fact]
    public void A_recommendation_is_that_of_production_where_it_was_played()
    {
        var report = Replayed().Play(DateTimeOffset.UnixEpoch);
        var blend = report.Of(BacktestReport.Blend);
        Recommender.Of(report)[0].Value.ShouldBe(BacktestReport.Blend);
        var loop = blend with
        {
            Policy = BacktestReport.Project,
            Sums = [.. blend.Rows.Select(rows => 0.805 * rows)],
            Dollars = 8,
        };

        var advice = Recommender.Of(report with { Policies = [.. report.Policies, loop] });

        advice[0].Value.ShouldBe(BacktestReport.Project);
        advice[0].Why.ShouldStartWith("Accuracy of 'project' is 0.8050;");
        advice[1].Value.ShouldBe("0.8");
        advice[1].Why.ShouldStartWith("'project' was under it in 0 of ");
        advice[^1].Value.ShouldStartWith("$10 for ");
    }

    [Fact]
    public void A_budget_is_not_exceeded()
    {
        using var backtest = Replayed().Open();
        var free = backtest.Run(BacktestPolicy.Blend);

        var half = backtest.Run(BacktestPolicy.Blend with { Budget = free.Dollars / 2 });

        half.Dollars!.Value.ShouldBeInRange(0.01m, free.Dollars!.Value / 2);
        half.Trainings.ShouldBeLessThan(free.Trainings);
        half.Refused.ShouldBeGreaterThan(0);
        backtest.Run(BacktestPolicy.Blend with { Budget = 0 }).Trainings.ShouldBe(0);
    }

    [Fact]
    public void Each_rule_can_be_switched_off()
    {
        using var backtest = Replayed().Open();

        var results = Ablations.All(0.7).Select(backtest.Run).ToDictionary(one => one.Policy);

        results["blend"].Weights[^1].Sum().ShouldBe(1, 1e-9);
        results["equal weights"].Weights[^1].Where(weight => weight > 0).Distinct().Count().ShouldBe(1);
        results["leader instead of a blend"].Weights.ShouldAllBe(weights => weights.Count(weight => weight > 0) == 1);
        results["burden of proof on the candidate"].Deployments.ShouldBeLessThan(results["blend"].Deployments);
        results["without `new`"].Recipes.ShouldBe(["first", "decay", "recent"]);
        results["both recipes of all rows each time"]
            .TrainedRows.ShouldBeGreaterThanOrEqualTo(results["blend"].TrainedRows);
    }

    public void Dispose() => folder.Dispose();

    private static Replay Replayed(int seed = 5)
    {
        var (features, truths) = DriftStreams.Abrupt(Rows, seed);
        return new Replay(
            new LabelledStream(features, DriftStreams.Columns, truths),
            StreamWindows.Even(Rows, 6),
            new LabelDelivery(),
            "rows.csv"
        );
    }
}
