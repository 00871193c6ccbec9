using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Recipes;

public sealed class RecipeTests
{
    private static readonly RowAges Ages = new(HalfLife: 1_000, Newest: 600);

    [Fact]
    public void A_row_counts_half_at_the_half_life_and_never_nothing()
    {
        Ages.Weights(RecipeRows.Aging, [0, 1_000, 2_000, 100_000], 0).ShouldBe([1f, 0.5f, 0.25f, 0.05f]);
        Ages.Weights(RecipeRows.All, [0, 100_000], 0).ShouldBe([1f, 1f]);
    }

    [Fact]
    public void The_newest_rows_are_two_windows_of_which_the_newer_counts_double()
    {
        var weights = Ages.Weights(RecipeRows.Newest, Every(1, 2_000), 0);

        weights.ShouldNotBeNull().Count(weight => weight == 1).ShouldBe(300);
        weights.Count(weight => weight == 0.5f).ShouldBe(300);
        weights[299].ShouldBe(1);
        weights[300].ShouldBe(0.5f);
        weights[600].ShouldBe(0);
    }

    [Fact]
    public void With_few_labels_the_newest_rows_reach_further_back()
    {
        Ages.Weights(RecipeRows.Newest, Every(5, 2_000), 0)
            .ShouldNotBeNull()
            .Count(weight => weight == 1)
            .ShouldBe(200);
    }

    [Fact]
    public void A_model_of_very_few_labels_is_not_trained()
    {
        Ages.Weights(RecipeRows.Newest, Every(11, 2_000), 0).ShouldBeNull();
        Ages.Weights(RecipeRows.None, Every(1, 2_000), 0).ShouldBeNull();
    }

    [Fact]
    public void A_continued_model_learns_only_rows_that_it_has_not_seen()
    {
        Ages.Weights(RecipeRows.SinceLastTraining, [0, 1, 2, 3], sinceLastTraining: 2).ShouldBe([1f, 1f, 0f, 0f]);
        Ages.Weights(RecipeRows.SinceLastTraining, [5, 6], sinceLastTraining: 2).ShouldBeNull();
    }

    [Fact]
    public void The_leader_is_the_recipe_that_was_right_most_often_of_late()
    {
        LeadingRecipe
            .Of(
                [
                    [90, 90, 90, 50],
                    [80, 80, 80, 95],
                ],
                current: 0
            )
            .ShouldBe(1);
        LeadingRecipe
            .Of(
                [
                    [50],
                    [50],
                    [40],
                ],
                current: 1
            )
            .ShouldBe(1);
        LeadingRecipe
            .Of(
                [
                    [50],
                    [50],
                    [40],
                ],
                current: 2
            )
            .ShouldBe(0);
    }

    private static long[] Every(int step, int rows) =>
        [.. Enumerable.Range(0, rows / step).Select(row => (long)row * step)];
}
