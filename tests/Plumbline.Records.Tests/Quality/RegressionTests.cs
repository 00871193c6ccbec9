using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Quality;

public sealed class RegressionTests : IDisposable
{
    private static readonly ProjectDescription Project = ProjectDescription.Parse(
        """
        name: bikes
        task: regression
        data: {file: hours.csv, label: rentals}
        quality: {metric: rmse, threshold: 60}
        """
    );

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Its_jobs_get_an_objective_for_numbers_and_no_classes()
    {
        var hyperparameters = Project.JobHyperparameters(100);
        hyperparameters["objective"].ShouldBe("reg:squarederror");
        hyperparameters.Keys.ShouldNotContain("class_labels");
        ProjectDescription.FromJson(Project.ToJson()).Task.ShouldBe(TaskKind.Regression);
        SampleRecords.Project().ToJson().ShouldNotContain("task");
    }

    [Theory]
    [InlineData("labels: [a, b]", "leave it out")]
    [InlineData("quality: {metric: accuracy, threshold: 0.9}", "must be one of rmse, mae, mape, r2, not 'accuracy'")]
    [InlineData("quality: {metric: rmse}", "quality.threshold: is missing: rmse is an error")]
    [InlineData(
        "quality: {metric: mae, threshold: 3}\ntraining: {hyperparameters: {objective: 'binary:logistic'}}",
        "must be one of reg:squarederror"
    )]
    public void What_does_not_fit_to_numbers_is_refused_with_its_line(string yaml, string message) =>
        Should
            .Throw<UserError>(() =>
                ProjectDescription.Parse($"name: bikes\ntask: regression\ndata: {{label: rentals}}\n{yaml}\n")
            )
            .Message.ShouldContain(message);

    [Fact]
    public void Its_data_set_has_the_numbers_in_the_first_column()
    {
        var rows = Enumerable.Range(0, 200).Select(i => $"{i},{i % 7},{i * 1.5:0.0}");
        var csv = folder.Write("hours.csv", "hour,day,rentals\n" + string.Join('\n', rows) + "\n");
        var manifest = DataSetBuilder.Build(Project, csv, [], [], folder.At("set"), SampleRecords.Time);
        manifest.Labels.ShouldBeEmpty();
        var test = TestSet.Read(folder.At("set/test/base.csv"), 0);
        test.Rows.ShouldBeGreaterThan(20);
        for (var row = 0; row < test.Rows; row++)
            test.Actual[row].ShouldBe(test.Row(row)[0] * 1.5);

        folder.Write("hours.csv", "hour,day,rentals\n1,2,many\n");
        Should
            .Throw<UserError>(() =>
                DataSetBuilder.ReadFeatures(csv, Project with { Labels = [] }) is not null
                    ? DataSetBuilder.Build(Project, csv, [], [], folder.At("set"), SampleRecords.Time)
                    : null
            )
            .Message.ShouldBe("hours.csv:2: has 'many' as its truth, which is not a number");
    }

    [Fact]
    public void An_evaluation_has_its_error_and_the_documents_regression_metrics()
    {
        var predictions = Rows(error: 10, base_: 300);
        var report = EvaluationReport.Of("first", Project, predictions, []);
        report.Base.Value.ShouldBe(10);
        report.Base.Correct.ShouldBeNull();
        report.Base.Classes.ShouldBeEmpty();
        report.Reason.ShouldBe(
            "First model: RMSE 10.00 [10.00, 10.00] on 300 held-out base rows keeps to the threshold 60."
        );
        var document = report.ToDocument(Project, predictions, SampleRecords.Time);
        document["regression_metrics"]!["rmse"]!["value"]!.GetValue<double>().ShouldBe(10, 1e-9);
        document["regression_metrics"]!["mae"]!["value"]!.GetValue<double>().ShouldBe(10, 1e-9);
        EvaluationReport.FromDocument(document.ToJsonString(), "e").Base.Metric.ShouldBe("rmse");
        var bad = EvaluationReport.Of("first", Project, Rows(error: 90, base_: 300), []);
        bad.Accepted.ShouldBe("false");
        bad.Reason!.ShouldContain("is over the threshold 60 with its whole interval");
    }

    [Fact]
    public async Task Its_predictions_make_a_round_trip_through_the_file()
    {
        var predictions = Rows(error: 2.5, base_: 5);
        await Prediction.WriteAsync(folder.At("p.csv"), predictions, default);
        Prediction.Read(folder.At("p.csv")).ShouldBe(predictions);
    }

    [Fact]
    public void The_candidate_with_the_smaller_error_wins()
    {
        var report = Judge.Compare(
            Project,
            Evaluated(Rows(40, 200, 100)),
            Evaluated(Rows(20, 200, 100)),
            Evaluated(Rows(60, 200, 100))
        );
        report.Recommended.ShouldBe("new");
        report.New!.Recent.Difference.ShouldBe(40, 1e-9);
        report.New!.Recent.Gained.ShouldBe(100);
        report.Reason.ShouldBe(
            "Take the new model: RMSE 20.00 on 100 recent rows (production 60.00) and 20.00 on 200 base rows (production 60.00)."
        );
        report.New!.Reason.ShouldStartWith(
            "Better than production on recent rows, RMSE 20.00 instead of 60.00 on 100 rows (better by 40.00 [40.00, 40.00], p < 0.001)"
        );
        var worse = Judge.Compare(
            Project,
            Evaluated(Rows(60, 200, 100)),
            Evaluated(Rows(70, 200, 100)),
            Evaluated(Rows(60, 200, 100))
        );
        worse.New!.Reason.ShouldStartWith(
            "Refused: significantly worse than production on recent rows, RMSE 70.00 instead of 60.00 on 100 rows (worse by 10.00 [10.00, 10.00], p < 0.001)"
        );
        worse.Recommended.ShouldBe("old");
    }

    [Theory]
    [InlineData("12.5\n-3e1\n", new[] { 12.5, -30 })]
    [InlineData("{\"predictions\":[{\"score\":12.5},{\"score\":-30}]}", new[] { 12.5, -30 })]
    [InlineData("[12.5,-30]", new[] { 12.5, -30 })]
    [InlineData("[[12.5],[-30]]", new[] { 12.5, -30 })]
    [InlineData("{\"score\":12.5}", new[] { 12.5 })]
    [InlineData("7", new[] { 7.0 })]
    public void Its_answers_are_read_in_each_form(string body, double[] expected) =>
        new AnswerReader(new LabelNames(Project))
            .Read(Encoding.UTF8.GetBytes(body))
            .ToArray()
            .Select(answer => answer.Number)
            .ShouldBe(expected);

    [Fact]
    public void A_label_is_a_number_in_its_shortest_form()
    {
        Project.LabelOf(" 12.50").ShouldBe("12.5");
        Project.LabelOf("1e3").ShouldBe("1000");
        Project.LabelOf("many").ShouldBeNull();
        Project.LabelOf("NaN").ShouldBeNull();
    }

    [Fact]
    public void Records_from_before_there_were_metrics_stay_readable()
    {
        var old = RecordJson.Read<SetEvaluation>(
            """
            {"rows":10,"correct":5,"accuracy":0.5,"lower":0.2,"upper":0.8,
             "classes":[{"name":"cat","rows":10,"correct":5,"accuracy":0.5,"lower":0.2,"upper":0.8}]}
            """,
            "evaluation.json"
        );
        old.Value.ShouldBe(0.5);
        old.Metric.ShouldBe("accuracy");
        old.Classes.Single().Value.ShouldBe(0.5);
        JsonNode.Parse(RecordJson.Write(old))!.AsObject().Select(member => member.Key).ShouldNotContain("accuracy");
    }

    private static Evaluated Evaluated(List<Prediction> predictions) =>
        new(EvaluationReport.Of("new", Project, predictions, []), predictions);

    private static List<Prediction> Rows(double error, int base_, int recent = 0) =>
        [
            .. Enumerable.Range(0, base_).Select(row => Row(Prediction.Base, row, error)),
            .. Enumerable.Range(0, recent).Select(row => Row(Prediction.Recent, row, error)),
        ];

    private static Prediction Row(string set, int row, double error) =>
        new(set, row, $"k{row}", row, row % 2 == 0 ? row + error : row - error);
}
