using Plumbline.Jobs.Train;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Tests.Train;

public sealed class HyperparameterTests
{
    [Theory]
    [InlineData("eta", "1.1", "must be a number from 0 to 1, not \"1.1\"")]
    [InlineData("eta", "nan", "must be a number from 0 to 1, not \"nan\"")]
    [InlineData("max_depth", "3.5", "must be a whole number from 0 to 1000, not \"3.5\"")]
    [InlineData("max_depth", "-1", "must be a whole number from 0 to 1000, not \"-1\"")]
    [InlineData("num_round", "0", "must be a whole number, 1 or more, not \"0\"")]
    [InlineData("num_round", "99999999999", "must be a whole number, 1 or more, not \"99999999999\"")]
    [InlineData("lambda", "-1", "must be a number from 0, not \"-1\"")]
    [InlineData("tree_method", "gpu", "must be one of auto, exact, approx, hist, gpu_hist, not \"gpu\"")]
    [InlineData("tweedie_variance_power", "2", "must be a number between 1 and 2, not \"2\"")]
    [InlineData("monotone_constraints", "(1,2)", "must be like (1,0,-1), one for each feature, not \"(1,2)\"")]
    [InlineData("learning_rate", "0.1", "is not a hyperparameter of this algorithm")]
    [InlineData(
        "eval_metric",
        "mlogloss,rmse",
        "rmse does not go with multi:softprob: write one of mphe, merror, mlogloss, auc, aucpr"
    )]
    [InlineData("class_labels", "[\"a\"]", "must be a JSON list of 3 different names, one for each class")]
    [InlineData("class_labels", "a,b,c", "must be a JSON list of 3 different names, one for each class")]
    public void A_bad_one_is_named_with_what_is_allowed(string name, string value, string reason)
    {
        var given = new Dictionary<string, string>(TrainingJob.Digits3) { [name] = value };

        var error = Should.Throw<InputException>(() => Hyperparameters.From(given));

        error.Message.ShouldBe($"hyperparameter {name}: {reason}");
    }

    [Theory]
    [InlineData("eval_metric", "merror,mlogloss")]
    [InlineData("eval_metric", "auc, aucpr")]
    [InlineData("monotone_constraints", "(1,0,-1)")]
    [InlineData("interaction_constraints", "[[0, 1], [2]]")]
    [InlineData("eta", "1e-3")]
    [InlineData("tree_method", "gpu_hist")]
    [InlineData("class_labels", "[\"a\",\"b\",\"c\"]")]
    public void A_good_one_is_taken(string name, string value) =>
        Hyperparameters
            .From(new Dictionary<string, string>(TrainingJob.Digits3) { [name] = value })
            .Given[name]
            .ShouldBe(value);

    [Theory]
    [InlineData("error@")]
    [InlineData("mlogloss,")]
    [InlineData("accuracy")]
    public void A_metric_that_XGBoost_does_not_have_is_refused(string metrics) =>
        Should
            .Throw<InputException>(() =>
                Hyperparameters.From(new Dictionary<string, string>(TrainingJob.Digits3) { ["eval_metric"] = metrics })
            )
            .Message.ShouldStartWith("hyperparameter eval_metric: must be of rmse, ");

    [Fact]
    public void The_number_of_rounds_is_required() =>
        Should
            .Throw<InputException>(() => Hyperparameters.From(new Dictionary<string, string>()))
            .Message.ShouldBe("hyperparameter num_round: is missing");

    [Theory]
    [InlineData("multi:softprob", null)]
    [InlineData("binary:logistic", "2")]
    public void The_number_of_classes_goes_with_several_classes(string objective, string? classes)
    {
        var given = new Dictionary<string, string> { ["num_round"] = "1", ["objective"] = objective };
        if (classes is not null)
        {
            given["num_class"] = classes;
        }

        Should.Throw<InputException>(() => Hyperparameters.From(given)).Place.ShouldBe("hyperparameter num_class");
    }

    [Fact]
    public void The_library_is_told_its_own_and_not_ours()
    {
        var given = new Dictionary<string, string>(TrainingJob.Digits3)
        {
            ["eval_metric"] = "merror, mlogloss",
            ["checkpoint_interval"] = "5",
        };

        var told = Hyperparameters.From(given).ForLibrary();

        told.Select(pair => pair.Key).ShouldNotContain("checkpoint_interval");
        told.Where(pair => pair.Key == "eval_metric").Select(pair => pair.Value).ShouldBe(["merror", "mlogloss"]);
        told.ShouldContain(new KeyValuePair<string, string>("seed_per_iteration", "true"));
    }

    [Theory]
    [InlineData("binary:logistic", 0, 2f, "the label 2 is not 0 or 1, as binary:logistic needs")]
    [InlineData("multi:softprob", 3, 1.5f, "the label 1.5 is not a class: num_class is 3, so labels are 0 to 2")]
    [InlineData(
        "multi:softprob",
        3,
        float.NaN,
        "the label (missing) is not a class: num_class is 3, so labels are 0 to 2"
    )]
    [InlineData(
        "survival:aft",
        0,
        1f,
        "survival:aft needs a lower and an upper bound of the label, but a row has only one label"
    )]
    [InlineData("count:poisson", 0, -1f, "the label -1 is negative, which count:poisson cannot learn")]
    [InlineData("reg:squarederror", 0, -5f, null)]
    [InlineData("multi:softprob", 3, 2f, null)]
    public void Labels_must_suit_the_objective(string objective, int classes, float label, string? reason) =>
        LabelRule.For(objective, classes)(label).ShouldBe(reason);
}
