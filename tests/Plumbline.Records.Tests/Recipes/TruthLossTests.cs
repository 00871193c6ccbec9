using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Recipes;

public sealed class TruthLossTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(-3)]
    public void Log_odds_margins_and_probability_give_the_same_loss(double logOdds)
    {
        var expected = TruthLoss.OfProbability(1 / (1 + Math.Exp(-logOdds)));

        TruthLoss.OfLogOdds(logOdds, 1).ShouldBe(expected, 1e-12);
        TruthLoss.OfLogOdds(-logOdds, 0).ShouldBe(expected, 1e-12);
        TruthLoss.OfMargins([5, 5 + (float)logOdds], 1).ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void A_sure_and_wrong_answer_costs_no_more_than_two_per_cent()
    {
        var most = -Math.Log(0.02);

        TruthLoss.OfProbability(0).ShouldBe(most);
        TruthLoss.OfLogOdds(1e300, 0).ShouldBe(most);
        TruthLoss.OfLogOdds(double.NegativeInfinity, 1).ShouldBe(most);
        TruthLoss.OfMargins([0, 1e30f, -1e30f], 2).ShouldBe(most);
    }

    [Fact]
    public void A_sure_and_right_answer_costs_nothing()
    {
        TruthLoss.OfProbability(1).ShouldBe(0);
        TruthLoss.OfLogOdds(800, 1).ShouldBe(0);
        TruthLoss.OfMargins([0, 1e30f], 1).ShouldBe(0);
    }
}
