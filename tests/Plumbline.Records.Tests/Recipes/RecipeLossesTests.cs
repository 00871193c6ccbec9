using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Recipes;

public class RecipeLossesTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly Recipe[] Both = [Recipe.New, Recipe.Decay];

    [Fact]
    public void The_recipe_with_the_smaller_losses_gets_the_larger_weight()
    {
        var losses = RecipeLosses.Empty.With(Times(0, 100), Losses(("new", 0.30, 100), ("decay", 0.20, 100)), Day);
        var weights = losses.Weights(Both, [1, 1], Day);
        (weights[1] / weights[0]).ShouldBe(Math.Exp(1.5), 1e-9);
    }

    [Fact]
    public void Older_windows_count_less()
    {
        var losses = RecipeLosses
            .Empty.With(Times(0, 100), Losses(("new", 0.1, 100), ("decay", 0.5, 100)), Day)
            .With(Times(1, 100), Losses(("new", 0.5, 100), ("decay", 0.1, 100)), Day);
        losses.Times.Count.ShouldBe(200);
        // The newer window weighs 1, the older one 0.7: the mean losses differ by 0.4 x 0.3 / 1.7.
        var weights = losses.Weights(Both, [1, 1], Day);
        (weights[1] / weights[0]).ShouldBe(Math.Exp(15 * 0.4 * 0.3 / 1.7), 1e-9);
    }

    [Fact]
    public void Rows_that_come_some_seconds_earlier_than_the_day_before_are_of_the_next_window()
    {
        var (before, now) = (
            Losses(("new", 0.1, 100), ("decay", 0.5, 100)),
            Losses(("new", 0.5, 100), ("decay", 0.1, 100))
        );
        RecipeLosses With(double seconds) =>
            RecipeLosses
                .Empty.With(Times(0, 100), before, Day)
                .With([.. Times(1, 100).Select(time => time.AddSeconds(seconds))], now, Day);

        With(-5).Weights(Both, [1, 1], Day).ShouldBe(With(5).Weights(Both, [1, 1], Day));
    }

    [Fact]
    public void A_recipe_without_a_model_counts_as_the_mean_of_the_others()
    {
        var losses = RecipeLosses.Empty.With(Times(0, 50), Losses(("new", 0.3, 50)), Day);
        losses.Weights(Both, [1, 1], Day).ShouldBe([0.5, 0.5]);
        losses.Weights(Both, [1, 0], Day).ShouldBe([1, 0]);
        RecipeLosses.Empty.Weights(Both, [1, 3], Day).ShouldBe([0.25, 0.75]);
    }

    [Fact]
    public void Rows_that_are_too_old_to_count_are_dropped()
    {
        var losses = RecipeLosses
            .Empty.With(Times(0, 10), Losses(("new", 0.1, 10)), Day)
            .With(Times(21, 5), Losses(("decay", 0.2, 5)), Day);
        losses.Times.Count.ShouldBe(5);
        losses.Recipes["new"].ShouldAllBe(loss => loss == null);
        losses.Recipes["decay"].ShouldAllBe(loss => loss == 0.2);
        var json = RecordJson.WriteDocument(losses);
        RecordJson.Read<RecipeLosses>(json, "recipes.json").Recipes["decay"].ShouldBe(losses.Recipes["decay"]);
    }

    [Fact]
    public void The_losses_of_numbers_do_not_depend_on_their_unit()
    {
        double[] truths = [1, 2, 3, 4];
        var losses = TruthLoss.OfNumbers([1, 2, 3, 5], truths);
        losses.ShouldBe([0, 0, 0, 1 / 1.25]);
        TruthLoss.OfNumbers([10, 20, 30, 50], [.. truths.Select(truth => 10 * truth)]).ShouldBe(losses);
    }

    [Fact]
    public void The_report_names_the_parts_from_the_heaviest_and_what_was_left_out()
    {
        BlendedPart[] parts = [new("new", 0.25, "s3://b/new"), new("decay", 0.75, "s3://b/decay")];
        var report = BlendReport.Of(parts, judged: 523, ["Without first: its encoder is another one."]);
        report.Weights.ShouldBe("decay 0.75 + new 0.25");
        BlendReport
            .WeightsOf(report.Weights)
            .ShouldBe(new Dictionary<string, double> { ["decay"] = 0.75, ["new"] = 0.25 }, ignoreOrder: true);
        BlendReport.WeightsOf("").ShouldBeEmpty();
        report.Reason.ShouldBe(
            "Blend of decay 0.75 + new 0.25: weighted by 523 labels that judged each recipe before it learned them. "
                + "Without first: its encoder is another one."
        );
        BlendReport.Of(parts, judged: 3, []).Reason.ShouldContain("too few labels");
    }

    private static DateTimeOffset[] Times(int day, int rows) =>
        [.. Enumerable.Repeat(SampleRecords.Time.AddDays(day), rows)];

    private static Dictionary<string, double[]> Losses(params (string Recipe, double Loss, int Rows)[] losses) =>
        losses.ToDictionary(one => one.Recipe, one => Enumerable.Repeat(one.Loss, one.Rows).ToArray());
}
