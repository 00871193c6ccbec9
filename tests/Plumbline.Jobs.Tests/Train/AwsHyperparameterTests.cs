using Plumbline.Jobs.Train;
using Plumbline.Records.Algorithm;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Tests.Train;

/// <summary>The hyperparameters of AWS's own image, with the image's error messages.</summary>
public sealed class AwsHyperparameterTests
{
    private static readonly string[] Images =
    [
        "0.90-1",
        "0.90-2",
        "1.0-1",
        "1.2-1",
        "1.2-2",
        "1.3-1",
        "1.5-1",
        "1.7-1",
    ];

    [Theory]
    [InlineData("objective", "reg:linear")]
    [InlineData("objective", "rank:pairwise")]
    [InlineData("objective", "survival:cox")]
    [InlineData("booster", "gblinear")]
    [InlineData("updater", "grow_colmaker,prune")]
    [InlineData("process_type", "default")]
    [InlineData("predictor", "cpu_predictor")]
    [InlineData("eval_metric", "mse,f1,accuracy,rmse")]
    [InlineData("eval_metric", "ndcg@3,error@0.7")]
    [InlineData("sketch_eps", "0.03")]
    [InlineData("dsplit", "row")]
    [InlineData("lambda_bias", "0")]
    [InlineData("refresh_leaf", "1")]
    [InlineData("_tuning_objective_metric", "validation:rmse")]
    [InlineData("objective", "\"reg:squarederror\"")]
    [InlineData("num_round", "\"7\"")]
    public void Every_image_takes_it(string name, string value)
    {
        foreach (var image in Images)
        {
            Take(image, name, value);
        }
    }

    [Theory]
    [InlineData("silent", "0", "0.90-1", "1.0-1")]
    [InlineData("learning_rate", "0.2", "0.90-2", "1.7-1")]
    [InlineData("reg_lambda", "2", "0.90-2", "1.7-1")]
    [InlineData("reg_alpha", "2", "0.90-2", "1.7-1")]
    [InlineData("min_split_loss", "2", "0.90-2", "1.7-1")]
    [InlineData("num_parallel_tree", "2", "0.90-2", "1.7-1")]
    [InlineData("objective", "reg:squaredlogerror", "1.0-1", "1.7-1")]
    [InlineData("save_model_on_termination", "true", "1.0-1", "1.7-1")]
    [InlineData("objective", "reg:pseudohubererror", "1.2-1", "1.7-1")]
    [InlineData("objective", "survival:aft", "1.2-1", "1.7-1")]
    [InlineData("tree_method", "gpu_hist", "1.2-1", "1.7-1")]
    [InlineData("predictor", "auto", "1.2-1", "1.7-1")]
    [InlineData("eval_metric", "r2", "1.2-1", "1.7-1")]
    [InlineData("eval_metric", "f1_binary", "1.2-2", "1.7-1")]
    [InlineData("eval_metric", "precision,recall_macro", "1.3-1", "1.7-1")]
    [InlineData("sampling_method", "uniform", "1.3-1", "1.7-1")]
    [InlineData("single_precision_histogram", "true", "1.2-1", "1.5-1")]
    [InlineData("use_dask_gpu_training", "false", "1.7-1", "1.7-1")]
    public void Only_images_from_one_to_another_take_it(string name, string value, string first, string last)
    {
        var (from, to) = (Array.IndexOf(Images, first), Array.IndexOf(Images, last));
        for (var i = 0; i < Images.Length; i++)
        {
            var image = Images[i];
            if (i >= from && i <= to)
            {
                Take(image, name, value);
            }
            else
            {
                Should.Throw<InputException>(() => Take(image, name, value), $"{name} in {image}");
            }
        }
    }

    [Theory]
    [InlineData("1.7-1", "K", "5", "Extraneous hyperparameter found: K")]
    [InlineData("1.7-1", "silent", "0", "Extraneous hyperparameter found: silent")]
    [InlineData("1.7-1", "class_labels", "[]", "Extraneous hyperparameter found: class_labels")]
    [InlineData("1.7-1", "eta", "1.5", "Hyperparameter eta: 1.5 is not in [0, 1]")]
    [InlineData("1.7-1", "eta", "2", "Hyperparameter eta: 2.0 is not in [0, 1]")]
    [InlineData("1.7-1", "subsample", "0", "Hyperparameter subsample: 0.0 is not in (0, 1]")]
    [InlineData("1.7-1", "num_round", "0", "Hyperparameter num_round: 0 is not in [1, +inf)")]
    [InlineData("1.7-1", "max_depth", "3.5", "Hyperparameter max_depth: could not parse value (caused by ValueError)")]
    [InlineData("1.7-1", "booster", "tree", "Hyperparameter booster: tree is not in ['gbtree', 'gblinear', 'dart']")]
    [InlineData(
        "1.7-1",
        "objective",
        "multi:softmax",
        "Require input for parameter 'num_class' for multi-classification"
    )]
    [InlineData(
        "1.7-1",
        "eval_metric",
        "auc",
        "Metric 'auc' can only be applied for classification and ranking problems."
    )]
    [InlineData("1.7-1", "eval_metric", "error@x", "Threshold value 't' in 'error@t' expects float input.")]
    [InlineData("0.90-1", "learning_rate", "0.2", "Extraneous hyperparameter found: learning_rate")]
    [InlineData("1.0-1", "tree_method", "gpu_hist", "GPU training is not supported yet.")]
    [InlineData(
        "1.7-1",
        "monotone_constraints",
        "(1,0)",
        "monotone_constraints can be used only when the tree_method parameter is set to either 'exact' or 'hist'."
    )]
    [InlineData(
        "1.2-2",
        "updater",
        "shotgun",
        "Tree updater should be selected from these options: 'grow_colmaker', 'distcol', 'grow_histmaker', "
            + "'grow_local_histmaker', 'grow_skmaker', 'sync', 'refresh', 'prune'."
    )]
    [InlineData(
        "1.7-1",
        "_kfold",
        "3",
        "Hyperparameter _kfold: cross validation inside a job runs on AWS only; train once, with the channel validation"
    )]
    [InlineData(
        "1.0-1",
        "updater",
        "grow_skmaker",
        "Hyperparameter updater: libxgboost 1.7 no longer has grow_skmaker; use grow_colmaker or grow_histmaker"
    )]
    public void A_bad_one_is_refused_in_one_sentence(string image, string name, string value, string sentence) =>
        Should.Throw<InputException>(() => Take(image, name, value)).Message.ShouldBe(sentence);

    [Fact]
    public void The_number_of_rounds_is_required() =>
        Should
            .Throw<InputException>(() => Hyperparameters.From(new Dictionary<string, string>(), new Version(1, 7, 1)))
            .Message.ShouldBe("Missing required hyperparameter: num_round");

    [Fact]
    public void The_library_is_told_what_is_its_own_under_its_own_names()
    {
        var given = new Dictionary<string, string>
        {
            ["num_round"] = "3",
            ["learning_rate"] = "\"0.1\"",
            ["silent"] = "1",
            ["dsplit"] = "row",
            ["eval_metric"] = "f1,mae",
            ["objective"] = "reg:linear",
            ["nthread"] = "1",
        };

        var told = Hyperparameters.From(given, new Version(1, 0, 1));

        told.ForLibrary()
            .ShouldBe([
                new("eta", "0.1"),
                new("verbosity", "0"),
                new("objective", "reg:linear"),
                new("nthread", "1"),
                new("seed_per_iteration", "false"),
                new("eval_metric", "mae"),
            ]);
        told.ContainerMetrics.ShouldBe(["f1"]);
        told.StoppingMetric.ShouldBe("mae");
    }

    [Fact]
    public void All_that_is_wrong_can_be_had_before_the_job() =>
        AwsHyperparameters
            .Problems(new Dictionary<string, string> { ["eta"] = "2", ["K"] = "5" }, new Version(1, 7, 1))
            .Select(problem => problem.Name)
            .ShouldBe(["num_round", "eta", "K"]);

    private static void Take(string image, string name, string value) =>
        Hyperparameters.From(
            new Dictionary<string, string> { ["num_round"] = "3", [name] = value },
            Version.Parse(image.Replace('-', '.'))
        );
}
