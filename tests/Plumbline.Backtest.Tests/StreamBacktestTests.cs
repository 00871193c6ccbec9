using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Recipes;
using Plumbline.Testing;

namespace Plumbline.Backtest.Tests;

public sealed class StreamBacktestTests
{
    private const int Rows = 6_000;
    private const int Windows = 15;

    [Fact]
    public void Without_drift_a_blend_loses_nothing_to_the_first_model()
    {
        using var backtest = Of(DriftStreams.Steady(Rows, 1));

        Blend(backtest).ShouldBeGreaterThan(Accuracy(backtest, BacktestPolicy.Never) - 0.002);
    }

    [Fact]
    public void After_an_abrupt_change_a_blend_recovers_and_beats_training_on_everything()
    {
        using var backtest = Of(DriftStreams.Abrupt(Rows, 2));

        Blend(backtest).ShouldBeGreaterThan(Accuracy(backtest, BacktestPolicy.Never) + 0.1);
        Blend(backtest).ShouldBeGreaterThan(Accuracy(backtest, BacktestPolicy.Always));
    }

    [Fact]
    public void With_returning_concepts_a_blend_beats_training_on_everything()
    {
        using var backtest = Of(DriftStreams.Returning(Rows, 3));

        Blend(backtest).ShouldBeGreaterThan(Accuracy(backtest, BacktestPolicy.Never));
        Blend(backtest).ShouldBeGreaterThan(Accuracy(backtest, BacktestPolicy.Always));
    }

    [Fact]
    public void A_result_counts_windows_trainings_and_rows()
    {
        using var backtest = Of(DriftStreams.Steady(2_000, 1), windows: 4);

        var never = backtest.Run(BacktestPolicy.Never);
        var always = backtest.Run(BacktestPolicy.Always);

        (never.Trainings, never.TrainedRows, never.RowShare).ShouldBe((0, 0, 0));
        // The labels of the last window come too late for a training.
        always.Trainings.ShouldBe(3);
        always.TrainedRows.ShouldBe(3 * 300 + (1 + 2 + 3) * 425);
        always.RowShare.ShouldBe(1);
        always.Rows.ShouldBe([425, 425, 425, 425]);
        always.FigureByWindow.Average().ShouldBe(always.Figure, 1e-12);
        always.FigureByWindow[0].ShouldBe(never.FigureByWindow[0]);
    }

    [Fact]
    public void Labels_that_come_later_are_learned_later()
    {
        using var now = Of(DriftStreams.Abrupt(3_000, 1), new LabelDelivery(), windows: 10);
        using var later = Of(DriftStreams.Abrupt(3_000, 1), new LabelDelivery(Delay: 2), windows: 10);

        later.Run(BacktestPolicy.Always).Trainings.ShouldBe(7);
        Blend(later).ShouldBeLessThan(Blend(now));
    }

    [Fact]
    public void Fewer_labels_train_on_fewer_rows()
    {
        using var few = Of(DriftStreams.Steady(3_000, 1), new LabelDelivery(Share: 0.1), windows: 5);

        var rows = few.Run(BacktestPolicy.Always).TrainedRows;

        rows.ShouldBeInRange(4 * 450 + 10 * 30, 4 * 450 + 10 * 75);
    }

    [Fact]
    public void The_alarm_trains_only_under_its_threshold()
    {
        using var steady = Of(DriftStreams.Steady(3_000, 1), windows: 10);
        using var abrupt = Of(DriftStreams.Abrupt(3_000, 1), windows: 10);

        var expected = steady.Reference();
        expected.ShouldBeInRange(0.7, 1);
        steady.Run(BacktestPolicy.Alarm(expected - 0.2)).Trainings.ShouldBe(0);
        abrupt.Run(BacktestPolicy.Alarm(expected - 0.1)).Trainings.ShouldBeInRange(1, 6);
    }

    [Fact]
    public void A_recipe_may_continue_its_own_model()
    {
        using var backtest = Of(DriftStreams.Abrupt(3_000, 1), windows: 6);
        var policy = new BacktestPolicy("old", [new(Recipe.Old, _ => new EveryDelivery())]);

        var result = backtest.Run(policy);

        result.Trainings.ShouldBe(5);
        result.TrainedRows.ShouldBe(5 * 425);
        result.Figure.ShouldBeGreaterThan(Accuracy(backtest, BacktestPolicy.Never));
    }

    [Fact]
    public void Several_classes_are_blended_too()
    {
        var (features, labels) = SampleData.Make(2_000, columns: 8, classes: 3);
        using var backtest = new StreamBacktest(
            new LabelledStream(features, 8, Array.ConvertAll(labels, label => (int)label)),
            StreamWindows.Even(2_000, 5)
        );

        Blend(backtest).ShouldBeGreaterThan(Accuracy(backtest, BacktestPolicy.Never));
    }

    private static double Blend(StreamBacktest backtest) => Accuracy(backtest, BacktestPolicy.Blend);

    private static double Accuracy(StreamBacktest backtest, BacktestPolicy policy) => backtest.Run(policy).Figure;

    private static StreamBacktest Of(
        (float[] Features, int[] Truths) stream,
        LabelDelivery? delivery = null,
        int windows = Windows
    ) =>
        new(
            new LabelledStream(stream.Features, DriftStreams.Columns, stream.Truths),
            StreamWindows.Even(stream.Truths.Length, windows),
            delivery
        );
}
