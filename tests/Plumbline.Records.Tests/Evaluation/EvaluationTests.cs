using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Evaluation;

public sealed class EvaluationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Predictions_are_the_largest_probabilities_and_make_a_round_trip_through_the_file()
    {
        var test = Test("0,1,2", "1,3,4", "1,5,");
        var predictions = Prediction.Of("base", test, 2, [0.9f, 0.1f, 0.25f, 0.75f, 0.5f, 0.5f]).ToList();
        predictions.Select(p => p.Predicted).ShouldBe([0, 1, 0]);
        predictions[1].Score.ShouldBe(0.75);
        predictions[1].Key.ShouldBe(Records.Data.SplitKey.OfRow("3.0,4").ToString());
        await Prediction.WriteAsync(folder.At("p.csv"), predictions, default);
        Prediction.Read(folder.At("p.csv")).ShouldBe(predictions);
    }

    [Fact]
    public void A_first_model_is_judged_on_base_against_the_threshold()
    {
        var project = SampleRecords.Project() with { Quality = new QualityDescription { Threshold = 0.6 } };
        var report = Report(project, "first", right: 6, of: 10);
        report.Accepted.ShouldBe("true");
        report.Reason.ShouldBe(
            "First model: accuracy 0.600 [0.313, 0.832], 6 of 10 held-out base rows, reaches the threshold 0.6."
        );
        Report(project, "first", right: 2, of: 10).Accepted.ShouldBe("false");
        Report(project, "new", right: 5, of: 10).Accepted.ShouldBeNull();
    }

    [Fact]
    public void A_first_model_whose_interval_holds_the_threshold_is_accepted()
    {
        var project = SampleRecords.Project() with { Quality = new QualityDescription { Threshold = 0.686 } };
        var report = Report(project, "first", right: 936, of: 1366);
        report.Accepted.ShouldBe("true");
        report.Reason.ShouldBe(
            "First model: accuracy 0.685 [0.660, 0.709], 936 of 1366 held-out base rows, is under the threshold 0.686, but its interval reaches it."
        );
        Report(project, "first", right: 900, of: 1366)
            .Reason.ShouldBe(
                "First model: accuracy 0.659 [0.633, 0.684], 900 of 1366 held-out base rows, is under the threshold 0.686 with its whole interval."
            );
        Report(project, "first", right: 900, of: 1366).ApprovalStatus.ShouldBe("Rejected");
    }

    [Fact]
    public void Recent_and_base_are_never_pooled_and_an_empty_set_has_no_figure()
    {
        var report = Report(SampleRecords.Project(), "new", right: 5, of: 10);
        report.Recent.Rows.ShouldBe(0);
        report.Recent.Value.ShouldBeNull();
        report.Recent.Text().ShouldBe("unknown (no rows)");
        report.Base.Value.ShouldBe(0.5);
        report
            .Base.Classes.Single()
            .ShouldBe(
                new SliceEvaluation
                {
                    Name = "cat",
                    Rows = 10,
                    Value = 0.5,
                    Lower = report.Base.Lower,
                    Upper = report.Base.Upper,
                }
            );
    }

    [Fact]
    public void The_document_is_that_of_AWS_with_ours_inside()
    {
        var project = SampleRecords.Project();
        var predictions = Rows(5, 10);
        var report = EvaluationReport.Of("new", project, predictions, []);
        var document = report.ToDocument(project, predictions, SampleRecords.Time);
        document["binary_classification_metrics"]!["accuracy"]!["value"]!.GetValue<double>().ShouldBe(0.5);
        document["dataset"]!["item_count"]!.GetValue<long>().ShouldBe(10);
        EvaluationReport.FromDocument(document.ToJsonString(), "evaluation.json").Base.Rows.ShouldBe(10);
        Should.Throw<UserError>(() => EvaluationReport.FromDocument("{}", "evaluation.json"));
        Should.Throw<UserError>(() => EvaluationReport.FromDocument("nonsense", "evaluation.json"));
    }

    [Fact]
    public void A_column_of_few_values_is_sliced_by_value_and_one_of_many_by_quarters()
    {
        var test = Test([.. Enumerable.Range(0, 100).Select(i => $"0,{i % 2},{(i == 99 ? "" : i)}")]);
        var slices = Slicing.Of("base", test, ["sex", "age"], ["sex", "age"]).ToList();
        slices
            .Select(slice => slice.Name)
            .ShouldBe(
                ["sex = 0", "sex = 1", "age missing", "age <= 24", "age <= 49", "age <= 73", "age <= 98"],
                ignoreOrder: true
            );
        slices
            .Where(slice => slice.Name.StartsWith("age", StringComparison.Ordinal))
            .Sum(slice => slice.Rows.Count)
            .ShouldBe(100);
        Should.Throw<UserError>(() => Slicing.Of("base", test, ["sex", "age"], ["size"]).ToList());
    }

    [Theory]
    [InlineData("0,1\n0,1,2\n", "test.csv:2: has 3 cells")]
    [InlineData("5,1\n", "test.csv:1: has the class '5'")]
    [InlineData("0,x\n", "test.csv:1: has 'x'")]
    public void A_broken_test_file_is_named_with_its_line(string text, string message)
    {
        folder.Write("test.csv", text);
        Should.Throw<UserError>(() => TestSet.Read(folder.At("test.csv"), 2)).Message.ShouldStartWith(message);
    }

    private TestSet Test(params string[] lines) =>
        TestSet.Read(folder.Write("test.csv", string.Concat(lines.Select(line => line + "\n"))), 2);

    private static EvaluationReport Report(ProjectDescription project, string role, int right, int of) =>
        EvaluationReport.Of(role, project, Rows(right, of), []);

    private static List<Prediction> Rows(int right, int of) =>
        [.. Enumerable.Range(0, of).Select(row => new Prediction("base", row, "k", 0, row < right ? 0 : 1, 0.9, 0.1))];
}
