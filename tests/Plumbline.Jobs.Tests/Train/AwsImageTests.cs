using System.Text.RegularExpressions;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Train;

/// <summary>The trainer in the role of AWS's own image, compared with Debian's Python.</summary>
[Collection("processes")]
public sealed class AwsImageTests
{
    private static readonly Dictionary<string, string> Binary = new()
    {
        ["num_round"] = "4",
        ["objective"] = "binary:logistic",
        ["max_depth"] = "3",
        ["subsample"] = "0.7",
        ["seed"] = "3",
        ["nthread"] = "1",
    };

    [PythonXGBoostFact]
    public async Task The_model_and_the_metrics_are_those_that_AWS_would_have()
    {
        using var job = new TrainingJob
        {
            Image = "1.2-2",
            Hyperparameters = new(Binary) { ["eval_metric"] = "logloss,accuracy,f1,f1_binary,mse" },
        }
            .With("train", SampleData.Csv(120, classes: 2))
            .With("validation", SampleData.Csv(60, classes: 2, seed: 9));
        using var folder = new TemporaryFolder();

        var output = await job.SucceedAsync();

        Directory.GetFiles(job["model"]).Select(Path.GetFileName).ShouldBe(["xgboost-model"]);
        PythonXGBoost
            .Run(
                """
                import pickle, sys, numpy, xgboost
                from sklearn.metrics import accuracy_score, f1_score, mean_squared_error
                def read(name):
                    rows = numpy.loadtxt(f"{sys.argv[1]}/input/data/{name}/data.csv", delimiter=",", dtype="f4")
                    return xgboost.DMatrix(rows[:, 1:], label=rows[:, 0])
                train, validation = read("train"), read("validation")
                mine = pickle.load(open(sys.argv[1] + "/model/xgboost-model", "rb"))
                found = {}
                model = xgboost.train({"objective": "binary:logistic", "max_depth": 3, "subsample": 0.7, "seed": 3,
                    "nthread": 1, "eval_metric": "logloss", "verbosity": 0}, train, 4,
                    evals=[(validation, "validation")], evals_result=found, verbose_eval=False)
                assert (mine.predict(validation) == model.predict(validation)).all()
                margins, labels = model.predict(validation, output_margin=True), validation.get_label()
                classes = (margins > 0).astype(int)
                for name, value in (("logloss", found["validation"]["logloss"][-1]), ("accuracy", accuracy_score(labels, classes)),
                        ("f1", f1_score(labels, classes, average="macro")), ("f1_binary", f1_score(labels, classes)),
                        ("mse", mean_squared_error(labels, margins))):
                    open(f"{sys.argv[2]}/{name}", "w").write(f"{value:.5f}")
                """,
                job[""],
                folder.Path
            )
            .ShouldBeNull();
        var last = Regex.Matches(output, @"\[3\](#011\S+)+")[^1].Value;
        last.Split("#011")
            .Select(metric => metric.Split(':')[0])
            .ShouldBe(["[3]", .. Metrics("train"), .. Metrics("validation")]);
        foreach (var metric in Metrics("validation"))
        {
            last.ShouldContain($"{metric}:{File.ReadAllText(folder.At(metric.Split('-')[1]))}");
        }
    }

    [PythonXGBoostFact]
    public async Task From_1_3_on_the_model_is_what_save_model_writes()
    {
        using var job = new TrainingJob { Image = "1.7-1", Hyperparameters = Binary }.With(
            "train",
            SampleData.Csv(80, classes: 2)
        );

        await job.SucceedAsync();

        PythonXGBoost
            .Run(
                "import sys, xgboost; assert xgboost.Booster(model_file=sys.argv[1]).num_boosted_rounds() == 4",
                job["model/xgboost-model"]
            )
            .ShouldBeNull();
    }

    [PythonXGBoostFact]
    public async Task Up_to_1_2_a_model_that_stopped_early_keeps_its_rounds_and_says_which_are_the_best()
    {
        using var job = new TrainingJob
        {
            Image = "1.0-1",
            Hyperparameters = new(Binary) { ["num_round"] = "60", ["early_stopping_rounds"] = "3" },
        }
            .With("train", SampleData.Csv(60, classes: 2))
            .With("validation", SampleData.Csv(30, classes: 2, seed: 9));

        var best = Regex.Match(await job.SucceedAsync(), @"the best round was (\d+)").Groups[1].Value;

        PythonXGBoost
            .Run(
                """
                import pickle, sys
                model, best = pickle.load(open(sys.argv[1], "rb")), int(sys.argv[2])
                assert (model.best_iteration, model.best_ntree_limit, model.num_boosted_rounds()) == (best, best + 1, best + 4)
                """,
                job["model/xgboost-model"],
                best
            )
            .ShouldBeNull();
    }

    [PythonXGBoostFact]
    public async Task Several_libsvm_files_with_weights_train_as_in_Python()
    {
        var lines = SampleData
            .Csv(100, classes: 2)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select((line, row) => LibSvm(line.Split(','), row))
            .ToList();
        using var job = new TrainingJob
        {
            Image = "1.7-1",
            ContentType = "text/x-libsvm; charset=utf8",
            Hyperparameters = Binary,
        }
            .With("train", string.Join('\n', lines.Take(60)) + "\n", "part-0")
            .With("train", string.Join('\n', lines.Skip(60)) + "\n", "part-1");

        await job.SucceedAsync();

        PythonXGBoost
            .Run(
                """
                import sys, xgboost
                open(sys.argv[1] + "/all", "w").write("".join(open(f"{sys.argv[1]}/input/data/train/part-{i}").read() for i in (0, 1)))
                data = xgboost.DMatrix(sys.argv[1] + "/all")
                model = xgboost.train({"objective": "binary:logistic", "max_depth": 3, "subsample": 0.7, "seed": 3,
                    "nthread": 1, "verbosity": 0}, data, 4)
                mine = xgboost.Booster(model_file=sys.argv[1] + "/model/xgboost-model")
                assert (mine.predict(data) == model.predict(data)).all()
                """,
                job[""]
            )
            .ShouldBeNull();
    }

    [Fact]
    public async Task A_channel_without_a_type_is_libsvm_and_CSV_in_it_is_refused()
    {
        using var job = new TrainingJob
        {
            Image = "1.7-1",
            ContentType = "",
            Hyperparameters = Binary,
        }.With("train", "1,0.5,0.25\n");

        (await job.FailAsync()).ShouldBe(
            "channel train, data.csv, line 1: \"1,0.5,0.25\" is not a label (LABEL or LABEL:WEIGHT)"
        );
    }

    private static string[] Metrics(string set) =>
        [$"{set}-logloss", $"{set}-accuracy", $"{set}-f1", $"{set}-f1_binary", $"{set}-mse"];

    private static string LibSvm(string[] cells, int row) =>
        $"{cells[0]}:{1 + row % 3} "
        + string.Join(
            ' ',
            cells
                .Skip(1)
                .Select((cell, i) => (cell, i))
                .Where(pair => (pair.i + row) % 4 > 0)
                .Select(pair => $"{pair.i}:{pair.cell}")
        );
}
