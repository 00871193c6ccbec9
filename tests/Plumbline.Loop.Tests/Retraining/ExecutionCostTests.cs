using Plumbline.Loop.Retraining;

namespace Plumbline.Loop.Tests.Retraining;

public sealed class ExecutionCostTests
{
    private static readonly ExecutionCost Refresh = new(Training: 1, Processing: 2, Jobs: 1);
    private static readonly ExecutionCost Full = new(Training: 40, Processing: 5, Jobs: 4);

    [Fact]
    public void The_next_execution_costs_as_much_as_the_dearest_of_the_newest_three()
    {
        ExecutionCost.NextOf([]).ShouldBeNull();
        ExecutionCost.NextOf([Full with { Training = 20 }, Full, Full with { Training = 30 }]).ShouldBe(45);
        ExecutionCost
            .NextOf([Full, Full, Full, Full with { Training = 400 }])
            .ShouldBe(45, "the fourth is no longer typical");
    }

    [Fact]
    public void After_refreshes_the_next_may_train_all_candidates_again() =>
        ExecutionCost.NextOf([Refresh, Refresh, Refresh, Refresh, Full, Full with { Training = 400 }]).ShouldBe(45);

    [Fact]
    public void The_first_model_alone_says_what_two_models_cost() =>
        ExecutionCost.NextOf([new ExecutionCost(Training: 10, Processing: 3, Jobs: 1)]).ShouldBe(23);
}
