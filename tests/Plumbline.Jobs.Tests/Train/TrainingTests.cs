using System.Formats.Tar;
using System.IO.Compression;
using Plumbline.Testing;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Tests.Train;

[Collection("processes")]
public sealed class TrainingTests
{
    [Fact]
    public async Task It_trains_prints_AWS_lines_and_leaves_the_model_with_its_description()
    {
        using var job = new TrainingJob()
            .With("train", SampleData.Csv(400))
            .With("validation", SampleData.Csv(100, seed: 2));

        var output = await job.SucceedAsync();

        output.ShouldMatch(@"(?m)^\[0\]#011train-mlogloss:\d\.\d{5}#011validation-mlogloss:\d\.\d{5}$");
        output.ShouldContain("[11]#011");
        output.ShouldNotContain("[12]");
        var model = ModelArchive.Read(job["model"]);
        var description = model.Description.ShouldNotBeNull();
        description.Labels.ShouldBe(["0", "1", "2"]);
        (description.Features, description.Rounds, description.ParentRounds, description.TrainRows).ShouldBe(
            (8, 12, 0, 400)
        );
        description.Objective.ShouldBe("multi:softprob");
        description.Metrics["validation-mlogloss"].ShouldBeInRange(0.01, 0.9);
        using var loaded = LoadedModel.From(model);
        loaded.AnswersPerRow.ShouldBe(3);
    }

    [Fact]
    public async Task A_warm_start_adds_rounds_to_the_parents_model()
    {
        using var parent = new TrainingJob().With("train", SampleData.Csv(400));
        await parent.SucceedAsync();
        TarFile(parent["model"], parent["model.tar.gz"]);
        using var child = new TrainingJob { Hyperparameters = new(TrainingJob.Digits3) { ["num_round"] = "5" } }
            .With("train", SampleData.Csv(400, seed: 3))
            .WithFile("model", parent["model.tar.gz"]);

        var output = await child.SucceedAsync();

        output.ShouldContain("[12]#011");
        output.ShouldContain("[16]#011");
        var description = ModelArchive.Read(child["model"]).Description.ShouldNotBeNull();
        (description.Rounds, description.ParentRounds).ShouldBe((17, 12));
    }

    [Fact]
    public async Task A_warm_start_goes_on_where_classes_were_only_renamed()
    {
        using var parent = new TrainingJob().With("train", SampleData.Csv(200));
        await parent.SucceedAsync();
        TarFile(parent["model"], parent["model.tar.gz"]);
        TrainingJob Child(params (string, string)[] more)
        {
            var job = new TrainingJob
            {
                Hyperparameters = new(TrainingJob.Digits3) { ["class_labels"] = """["a","b","2"]""" },
            };
            foreach (var (name, value) in more)
            {
                job.Hyperparameters[name] = value;
            }

            return job.With("train", SampleData.Csv(200, seed: 3)).WithFile("model", parent["model.tar.gz"]);
        }

        using var other = Child();
        using var renamed = Child(("former_labels", """{"0":"a","1":"b"}"""));

        (await other.FailAsync()).ShouldContain("its classes are 0, 1, 2, but the training's are a, b, 2");
        await renamed.SucceedAsync();
        ModelArchive.Read(renamed["model"]).Description.ShouldNotBeNull().Labels.ShouldBe(["a", "b", "2"]);
    }

    [Fact]
    public async Task Without_a_gpu_gpu_hist_becomes_hist_with_one_warning()
    {
        using var wished = ByTreeMethod("gpu_hist");
        using var plain = ByTreeMethod("hist");

        // Debian's library does not have CUDA, on any machine.
        var output = await wished.SucceedAsync();
        await plain.SucceedAsync();

        output
            .Split('\n')
            .Where(line => line.Contains("gpu_hist"))
            .ShouldHaveSingleItem()
            .ShouldMatch(@"^WARNING: tree_method gpu_hist has no GPU \(.+\); hist trains on CPUs instead$");
        wished.Booster.ShouldBe(plain.Booster);
        ModelArchive.Read(wished["model"]).Description!.Hyperparameters["tree_method"].ShouldBe("hist");
    }

    [Fact]
    public async Task Early_stopping_keeps_the_best_rounds()
    {
        var noise = SampleData.Csv(100, seed: 9).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var wrong = string.Join('\n', noise.Select((line, i) => $"{i % 3}{line[1..]}"));
        using var job = new TrainingJob
        {
            Hyperparameters = new(TrainingJob.Digits3) { ["num_round"] = "200", ["early_stopping_rounds"] = "3" },
        }
            .With("train", SampleData.Csv(200))
            .With("validation", wrong);

        var output = await job.SucceedAsync();

        var rounds = ModelArchive.Read(job["model"]).Description!.Rounds;
        rounds.ShouldBeLessThan(190);
        output.ShouldContain($"the best round was {rounds - 1}");
        output.ShouldContain($"[{rounds + 2}]#011");
        output.ShouldNotContain($"[{rounds + 3}]#011");
    }

    [Fact]
    public async Task Weights_come_after_the_label_where_asked_for()
    {
        using var job = new TrainingJob
        {
            Hyperparameters = new()
            {
                ["num_round"] = "2",
                ["objective"] = "binary:logistic",
                ["csv_weights"] = "1",
            },
        }.With("train", "1,2,10,20\n0,1,30,40\n1,0.5,50,60\n");

        await job.SucceedAsync();

        ModelArchive.Read(job["model"]).Description!.Features.ShouldBe(2);
    }

    [Fact]
    public async Task A_validation_row_of_another_width_is_named()
    {
        using var job = new TrainingJob().With("train", SampleData.Csv(50)).With("validation", "1,2,3\n");

        (await job.FailAsync()).ShouldBe("channel validation, data.csv, line 1: 3 columns, expected 9");
    }

    [Fact]
    public async Task A_label_that_is_no_class_is_named_with_its_place()
    {
        using var job = new TrainingJob().With("train", "0,1,2\n1,3,4\n3,5,6\n");

        (await job.FailAsync()).ShouldBe(
            "channel train, data.csv, line 3, column 1: the label 3 is not a class: num_class is 3, so labels are 0 to 2"
        );
    }

    [Fact]
    public async Task A_corrupt_parent_is_one_clear_message()
    {
        using var job = new TrainingJob()
            .With("train", SampleData.Csv(50))
            .With("model", "not an archive", "model.tar.gz");

        (await job.FailAsync()).ShouldBe(
            "channel model, model.tar.gz: the archive is damaged: it is not a complete gzipped tar"
        );
    }

    [Fact]
    public async Task A_parent_that_does_not_fit_the_data_is_refused()
    {
        using var parent = new TrainingJob().With("train", SampleData.Csv(100));
        await parent.SucceedAsync();
        using var job = new TrainingJob()
            .With("train", SampleData.Csv(100, columns: 9))
            .WithFile("model", parent["model/xgboost-model"]);

        (await job.FailAsync()).ShouldBe("channel model: it takes 8 features, but the training data has 9");
    }

    [Fact]
    public async Task Channels_that_it_does_not_know_or_that_are_missing_are_refused_in_AWS_words()
    {
        using var more = new TrainingJob().With("train", SampleData.Csv(10)).With("extra", "x");
        using var less = new TrainingJob().With("validation", SampleData.Csv(10));

        (await more.FailAsync()).ShouldBe("channel extra: Extraneous channel found: extra");
        (await less.FailAsync()).ShouldBe("channel train: Missing required channel: train");
    }

    [Fact]
    public async Task A_bad_hyperparameter_is_named_with_what_is_allowed()
    {
        using var job = new TrainingJob { Hyperparameters = new(TrainingJob.Digits3) { ["subsample"] = "1.5" } }.With(
            "train",
            SampleData.Csv(10)
        );

        (await job.FailAsync()).ShouldBe("hyperparameter subsample: must be a number above 0 to 1, not \"1.5\"");
    }

    [Fact]
    public async Task An_unknown_command_says_which_there_are()
    {
        using var run = ProgramRun.Dotnet("plumbline-jobs.dll", ["teach"], new Dictionary<string, string>());

        (await run.ExitCodeAsync()).ShouldBe(2);
        run.Output.ShouldContain("'teach' is not a command: write one of train");
    }

    private static TrainingJob ByTreeMethod(string method) =>
        new TrainingJob
        {
            Hyperparameters = new(TrainingJob.Digits3) { ["tree_method"] = method, ["subsample"] = "0.8" },
        }.With("train", SampleData.Csv(400));

    private static void TarFile(string folder, string path)
    {
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        System.Formats.Tar.TarFile.CreateFromDirectory(folder, gzip, includeBaseDirectory: false);
    }
}
