using System.Text.Json;
using Plumbline.Testing;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Tests.Train;

[Collection("processes")]
public sealed class DigitsTests
{
    private const int TrainRows = 1257;
    private const int TestRows = 540;

    [Fact]
    public async Task The_digits_are_learnt_to_94_percent()
    {
        using var job = Job(
            new()
            {
                ["num_round"] = "100",
                ["eta"] = "0.3",
                ["subsample"] = "0.8",
                ["colsample_bytree"] = "0.3",
            }
        );
        await job.SucceedAsync();
        using var model = LoadedModel.From(ModelArchive.Read(job["model"]));

        var answers = Answers(model);

        model.IsFlat.ShouldBeTrue();
        var right = Enumerable
            .Range(0, TestRows)
            .Count(row => LoadedModel.Likeliest(answers.AsSpan(row * 10, 10)) == Digits.Rows[TrainRows + row].Digit);
        ((double)right / TestRows).ShouldBeGreaterThanOrEqualTo(0.94);
    }

    [PythonXGBoostFact]
    public async Task Python_trains_the_same_model_from_the_same_file()
    {
        using var job = Job(new() { ["num_round"] = "30", ["tree_method"] = "hist" });
        await job.SucceedAsync();
        PythonXGBoost
            .Run(
                """
                import sys, json, numpy, xgboost
                base = sys.argv[1]
                train, test = (numpy.loadtxt(f"{base}/input/data/{c}/data.csv", delimiter=",") for c in ("train", "validation"))
                given = json.load(open(f"{base}/input/config/hyperparameters.json"))
                rounds = int(given.pop("num_round"))
                dtrain, dtest = (xgboost.DMatrix(x[:, 1:], x[:, 0]) for x in (train, test))
                log = {}
                model = xgboost.train(given, dtrain, rounds, evals=[(dtrain, "train"), (dtest, "validation")], evals_result=log, verbose_eval=False)
                loss = [log["train"]["mlogloss"][-1], log["validation"]["mlogloss"][-1]]
                json.dump({"loss": loss, "answers": model.predict(dtest).ravel().tolist()}, open(f"{base}/python.json", "w"))
                """,
                job[""]
            )
            .ShouldBeNull();

        var python = JsonDocument.Parse(await File.ReadAllBytesAsync(job["python.json"])).RootElement;
        var archive = ModelArchive.Read(job["model"]);
        var loss = python.GetProperty("loss");
        archive.Description!.Metrics["train-mlogloss"].ShouldBe(loss[0].GetDouble(), 1e-12);
        archive.Description!.Metrics["validation-mlogloss"].ShouldBe(loss[1].GetDouble(), 1e-12);
        using var model = LoadedModel.From(archive);
        ShouldEqual(Answers(model), python.GetProperty("answers"));
    }

    [PythonXGBoostFact]
    public async Task Python_loads_the_model_and_predicts_the_same()
    {
        using var job = Job(new() { ["num_round"] = "20", ["subsample"] = "0.7" });
        await job.SucceedAsync();
        PythonXGBoost
            .Run(
                """
                import sys, json, numpy, xgboost
                base = sys.argv[1]
                test = numpy.loadtxt(f"{base}/input/data/validation/data.csv", delimiter=",", dtype=numpy.float32)
                model = xgboost.Booster()
                model.load_model(bytearray(open(f"{base}/model/xgboost-model", "rb").read()))
                json.dump({"answers": model.inplace_predict(test[:, 1:]).ravel().tolist()}, open(f"{base}/python.json", "w"))
                """,
                job[""]
            )
            .ShouldBeNull();

        var python = JsonDocument.Parse(await File.ReadAllBytesAsync(job["python.json"])).RootElement;
        using var model = LoadedModel.From(ModelArchive.Read(job["model"]));
        ShouldEqual(Answers(model), python.GetProperty("answers"));
    }

    private static TrainingJob Job(Dictionary<string, string> others)
    {
        var hyperparameters = new Dictionary<string, string>(others)
        {
            ["objective"] = "multi:softprob",
            ["num_class"] = "10",
            ["max_depth"] = "3",
            ["seed"] = "42",
            ["nthread"] = "2",
        };
        return new TrainingJob { Hyperparameters = hyperparameters }
            .With("train", Digits.Csv(0, TrainRows))
            .With("validation", Digits.Csv(TrainRows, TestRows));
    }

    private static float[] Answers(LoadedModel model)
    {
        var pixels = Digits.Rows.Skip(TrainRows).Take(TestRows).SelectMany(row => row.Pixels).ToArray();
        var answers = new float[TestRows * 10];
        model.Predict(pixels, answers);
        return answers;
    }

    private static void ShouldEqual(float[] ours, JsonElement python)
    {
        var theirs = python.EnumerateArray().Select(value => value.GetDouble()).ToArray();
        ours.Length.ShouldBe(theirs.Length);
        ours.Zip(theirs).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThanOrEqualTo(1e-6);
    }
}
