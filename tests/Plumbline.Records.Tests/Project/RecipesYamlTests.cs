using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.Project;

public class RecipesYamlTests
{
    private const string Least = "name: pets\ndata: {}\nlabels: [cat, dog]\n";

    [Fact]
    public void Recipes_are_chosen_in_any_order_and_none_is_the_default()
    {
        Parse("").Training.Recipes.ShouldBeEmpty();
        var training = Parse("training: {recipes: [first, decay]}").Training;
        training.Recipes.ShouldBe(["decay", "first"]);
        training.TrainedRecipes().ShouldBe(["decay"]);
        var project = Parse("training: {recipes: [recent]}");
        ProjectDescription.FromJson(project.ToJson(), "copy").Training.Recipes.ShouldBe(["recent"]);
    }

    [Theory]
    [InlineData("training: {recipes: [new]}", "'new' is always trained: leave it out")]
    [InlineData("training: {recipes: [newest]}", "'newest' is not one of decay, recent, first")]
    [InlineData("training: {recipes: [decay], algorithm: pytorch}", "needs algorithm: xgboost")]
    [InlineData(
        "training: {recipes: [decay], hyperparameters: {booster: dart}}",
        "needs the hyperparameter booster: gbtree"
    )]
    [InlineData(
        "retraining: {minPaired: 10}",
        "has no effect any more, because keeping production needs proof: delete it"
    )]
    public void A_recipe_that_cannot_be_is_refused(string section, string message) =>
        Should.Throw<UserError>(() => Parse(section)).Message.ShouldContain(message);

    private static ProjectDescription Parse(string section) => ProjectDescription.Parse($"{Least}{section}\n");
}
