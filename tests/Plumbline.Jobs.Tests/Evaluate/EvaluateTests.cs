using System.Text.Json.Nodes;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Testing;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Tests.Evaluate;

public sealed class EvaluateTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_model_is_scored_on_both_sets_apart(int classes)
    {
        TrainedModels.Write(folder.At("processing/input/model"), 20, classes);
        TestRows(classes);
        var report = await RunAsync("first", classes);
        report.Base.Rows.ShouldBe(200);
        report.Recent.Rows.ShouldBe(50);
        report.Base.Value!.Value.ShouldBeGreaterThan(0.8);
        report.Accepted.ShouldBe("true");
        report.Base.Slices.Sum(slice => slice.Rows).ShouldBe(200);

        var document = JsonNode.Parse(File.ReadAllText(folder.At("processing/output/evaluation/evaluation.json")))!;
        var group = classes == 2 ? "binary_classification_metrics" : "multiclass_classification_metrics";
        document[group]!["accuracy"]!["value"]!.GetValue<double>().ShouldBe(report.Base.Value!.Value);
        document["dataset"]!["evaluation_time"]!.GetValue<string>().ShouldBe("2026-03-01T12:00:00Z");
        document["plumbline"]!["accepted"]!.GetValue<string>().ShouldBe("true");
        var predictions = Prediction.Read(folder.At("processing/output/evaluation/predictions.csv"));
        predictions.Count.ShouldBe(250);
        predictions.Count(p => p.Set == "base" && p.Actual == p.Predicted).ShouldBe(report.Base.Correct!.Value);
        predictions.ShouldAllBe(p => p.Score >= 1.0 / classes - 1e-6 && p.Score <= 1);
    }

    [Fact]
    public async Task Without_recent_rows_only_base_has_a_figure()
    {
        TrainedModels.Write(folder.At("processing/input/model"), 5);
        TestRows(3);
        File.WriteAllText(folder.At("processing/input/test/recent.csv"), "");
        (await RunAsync("new")).Recent.Value.ShouldBeNull();
    }

    [Fact]
    public async Task A_model_of_other_labels_is_refused()
    {
        TrainedModels.Write(folder.At("processing/input/model"), 2, labels: ["a", "b", "c"]);
        TestRows(3);
        (await Should.ThrowAsync<UserError>(() => RunAsync("new"))).Message.ShouldContain(
            "(a, b, c) differ from the project's"
        );
    }

    [Fact]
    public async Task A_model_without_a_column_and_a_label_answers_the_rows_that_it_knows_and_errs_on_the_new_label()
    {
        TrainedModels.Write(folder.At("processing/input/model"), 20, classes: 2, labels: ["class-0", "class-2"]);
        var rows = SampleData.Csv(200, classes: 2, seed: 2).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // The classes 0 and 1 of the sample are the labels 0 and 2 here; every tenth row has the new label, 1.
        var truths = rows.Select(
                (row, i) =>
                    (
                        i % 10 == 0 ? "1"
                        : row[0] == '0' ? "0"
                        : "2"
                    ) + row[1..]
            )
            .ToList();
        folder.Write("processing/input/test/base.csv", string.Join('\n', truths.Select(row => $"{row},7")) + "\n");
        folder.Write("processing/input/replaced/base.csv", string.Join('\n', truths) + "\n");
        var production = new DataSetManifest
        {
            Project = "sample",
            Features = ["f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7"],
            Labels = ["class-0", "class-2"],
            Split = new SplitRule(SplitMethod.Hash, "", 0.2, 0.1),
            Base = new BaseManifest("", 1, 1, 1),
            Corrections = new CorrectionsManifest(),
            Files = new Dictionary<string, FileManifest>(),
        };
        folder.Write("processing/input/replaced/manifest.json", RecordJson.WriteDocument(production));

        var report = await RunAsync("production", slices: []);

        var predictions = Prediction.Read(folder.At("processing/output/evaluation/predictions.csv"));
        predictions.Where(one => one.Actual == 1).ShouldAllBe(one => one.Predicted != 1 && one.OfTruth == 0);
        predictions.Count(one => one.Actual == 1).ShouldBe(20);
        report.Base.Rows.ShouldBe(200);
        report.Base.Correct!.Value.ShouldBeInRange(150, 180);
    }

    [Fact]
    public async Task A_model_of_other_columns_is_refused()
    {
        TrainedModels.Write(folder.At("processing/input/model"), 2);
        folder.Write("processing/input/test/base.csv", "0,1,2\n1,2,3\n");
        (await Should.ThrowAsync<UserError>(() => RunAsync("new"))).Message.ShouldContain(
            "takes 8 features; the rows have 2"
        );
    }

    [Fact]
    public async Task A_corrupt_model_is_named()
    {
        folder.Write("processing/input/model/model.tar.gz", "not an archive");
        TestRows(3);
        (await Should.ThrowAsync<InputException>(() => RunAsync("new"))).Message.ShouldContain("model.tar.gz");
        File.Exists(folder.At("processing/output/evaluation/evaluation.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_models_own_handler_said_is_evaluated_like_any_answer()
    {
        folder.Write("processing/input/test/base.csv", "0,1,2\n1,3,4\n2,5,6\n");
        folder.Write("processing/input/scores/base.csv", "0.7,0.2,0.1\n0.1,0.8,0.1\n9e-01,0.05,0.05\n");

        var report = await RunAsync("old", slices: []);

        (report.Base.Rows, report.Base.Correct, report.Recent.Rows).ShouldBe((3, 2, 0));
        Prediction
            .Read(folder.At("processing/output/evaluation/predictions.csv"))
            .Select(p => (p.Predicted, p.Score))
            .ShouldBe([(0, 0.7f), (1, 0.8f), (0, 0.9f)]);
    }

    [Theory]
    [InlineData("0.7,0.2,0.1\n", "base.csv: has 1 lines for 2 held-out rows")]
    [InlineData("0.7,0.2,0.1\n0.5,0.5\n", "base.csv:2: must be 3 probabilities")]
    [InlineData("0.7,0.2,0.1\n0.5,nan,0.5\n", "base.csv:2: must be 3 probabilities")]
    public async Task Scores_that_do_not_fit_the_rows_are_refused(string scores, string message)
    {
        folder.Write("processing/input/test/base.csv", "0,1,2\n1,3,4\n");
        folder.Write("processing/input/scores/base.csv", scores);

        (await Should.ThrowAsync<UserError>(() => RunAsync("old", slices: []))).Message.ShouldContain(message);
    }

    [Fact]
    public async Task An_unknown_role_is_refused() =>
        (await Should.ThrowAsync<UserError>(() => RunAsync("best"))).Message.ShouldContain(
            "old, new, production, first"
        );

    private void TestRows(int classes)
    {
        folder.Write("processing/input/test/base.csv", SampleData.Csv(200, classes: classes, seed: 2));
        folder.Write("processing/input/test/recent.csv", SampleData.Csv(50, classes: classes, seed: 3));
        folder.Write("processing/input/test/features.json", """["f0","f1","f2","f3","f4","f5","f6","f7"]""");
    }

    private Task<EvaluationReport> RunAsync(string role, int classes = 3, IReadOnlyList<string>? slices = null) =>
        EvaluateCommand.RunAsync(
            TrainedModels.Project(classes) with
            {
                Quality = new QualityDescription { Threshold = 0.8, Slices = slices ?? ["f0"] },
            },
            role,
            new ProcessingFolders(folder.Path),
            At,
            CancellationToken.None
        );
}
