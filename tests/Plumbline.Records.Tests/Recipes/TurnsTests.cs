using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Recipes;

public sealed class TurnsTests
{
    [Fact]
    public void Two_recipes_take_turns_at_one_trigger()
    {
        Turns[] turns =
        [
            new Turns(new LabelGrowth(0.5, 100), true, false),
            new Turns(new LabelGrowth(0.5, 100), false, true),
        ];

        var trained = new long[] { 120, 150, 200, 225, 300, 340 }.Select(labelled =>
            string.Concat(turns.Select(turn => turn.Note(new ArrivedLabels([], labelled)) ? "x" : "-"))
        );

        // 150 is half more than 100, 225 half more than 150, 340 half more than 225.
        trained.ShouldBe(["--", "x-", "--", "-x", "--", "x-"]);
    }

    [Fact]
    public void An_error_is_a_loss_in_units_of_the_best_recipes_usual_error()
    {
        double[][] errors =
        [
            [1, -1, 1, -1],
            [3, -3, double.NaN, 3],
        ];

        var scale = NumberLoss.Scale(errors);

        scale.ShouldBe(1);
        NumberLoss.Of(-2, scale).ShouldBe(2);
        NumberLoss.Of(0, 0).ShouldBe(0);
        NumberLoss.Of(double.NaN, scale).ShouldBe(double.NaN);
        // Bounded as the log-loss of a class.
        NumberLoss.Of(1000, scale).ShouldBe(TruthLoss.OfProbability(0));
        NumberLoss.Of(1, 0).ShouldBe(TruthLoss.OfProbability(0));
    }
}
