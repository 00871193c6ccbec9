using Plumbline.Loop.Retraining;

namespace Plumbline.Loop.Tests.Retraining;

public sealed class MonthlySpendTests
{
    private static readonly MonthlySpend Spend = new(
        new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        Spent: 41.2m,
        Trainings: 4,
        Next: 10.3m,
        Unpriced: [],
        Budget: 50
    );

    [Fact]
    public void A_training_that_would_go_over_the_budget_is_refused_with_figures_and_advice()
    {
        Spend
            .Refusal()
            .ShouldBe(
                "The budget is used up: $41.20 of the budget of $50.00 are spent in 2026-11 by 4 trainings, and the next costs about $10.30. `plumb retrain` trains all the same, a larger `retraining.budget` allows more, and the next month begins 2026-12-01."
            );
        (Spend with { Budget = 51.5m }).Refusal().ShouldBeNull("it fits exactly");
        (Spend with { Budget = null }).Refusal().ShouldBeNull();
    }

    [Fact]
    public void Before_the_first_finished_training_only_a_spent_budget_refuses()
    {
        (Spend with { Next = null }).Refusal().ShouldBeNull();
        (Spend with { Next = null, Spent = 50 }).Refusal().ShouldNotBeNull();
    }

    [Fact]
    public void An_unknown_price_refuses_because_the_budget_cannot_be_kept() =>
        (Spend with { Unpriced = ["ml.p5.48xlarge"] })
            .Refusal()
            .ShouldBe(
                "The budget cannot be kept, because the price of ml.p5.48xlarge is unknown: write it under `prices` in plumbline.yaml."
            );

    [Theory]
    [InlineData("0", "$0.00")]
    [InlineData("0.00031", "$0.00031")]
    [InlineData("1234.5", "$1,234.50")]
    public void An_amount_is_told_to_the_cent_or_by_its_first_digits(string amount, string text) =>
        MonthlySpend.Dollars(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);
}
