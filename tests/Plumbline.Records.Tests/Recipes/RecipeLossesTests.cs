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

    [Fact]
    public void Traffic_has_left_the_base_data_when_their_model_is_significantly_behind_in_the_newest_window()
    {
        var alike = RecipeLosses.Empty.With(Times(0, 40), Losses(("first", 0.3, 40), ("new", 0.3, 40)), Day);
        alike.FindFirstBehind(Day).ShouldBeNull("no difference");
        RecipeLosses.Empty.FindFirstBehind(Day).ShouldBeNull();
        var changed = alike.With(
            Times(1, 40),
            Losses(("first", 0.9, 40), ("new", 0.8, 40), ("recent", 0.4, 40), ("decay", 0.95, 40)),
            Day
        );
        var behind = changed.FindFirstBehind(Day).ShouldNotBeNull();
        (behind.Recipe, behind.Rows).ShouldBe(("recent", 40));
        behind.Difference.ShouldBe(0.5, 1e-9);
        behind
            .Text()
            .ShouldBe(
                "Traffic is no longer like base rows: on 40 new labels, the model of base data alone loses 0.50 more than recent"
            );
        var back = changed.With(Times(2, 40), Losses(("first", 0.3, 40), ("recent", 0.5, 40)), Day);
        back.FindFirstBehind(Day).ShouldBeNull("the newest window decides");
    }

    [Fact]
    public void Chance_and_few_labels_do_not_tell_that_traffic_has_left_the_base_data()
    {
        double[] noise = [.. Enumerable.Range(0, 40).Select(row => row % 2 == 0 ? 1.0 : -0.8)];
        FirstBehind.Of("new", noise).ShouldBeNull("0.1 with an error of 0.14");
        FirstBehind.Of("new", [.. noise.Select(one => one + 0.4)]).ShouldNotBeNull();
        FirstBehind.Of("new", [.. Enumerable.Repeat(1.0, 19)]).ShouldBeNull("19 labels");
        FirstBehind.Of("new", [.. Enumerable.Repeat(-1.0, 40)]).ShouldBeNull("it is ahead");
    }

    private static DateTimeOffset[] Times(int day, int rows) =>
        [.. Enumerable.Repeat(SampleRecords.Time.AddDays(day), rows)];

    private static Dictionary<string, double[]> Losses(params (string Recipe, double Loss, int Rows)[] losses) =>
        losses.ToDictionary(one => one.Recipe, one => Enumerable.Repeat(one.Loss, one.Rows).ToArray());
}
