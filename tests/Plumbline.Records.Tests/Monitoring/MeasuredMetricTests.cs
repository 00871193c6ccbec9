using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Tests.Monitoring;

/// <summary>The figure of a join is the project's metric.</summary>
public sealed class MeasuredMetricTests : JoinRuns
{
    [Fact]
    public void A_regression_measures_its_error_and_an_error_over_the_threshold_is_bad()
    {
        project = project with
        {
            Task = TaskKind.Regression,
            Labels = [],
            Quality = new QualityDescription { Metric = "mae", Threshold = 2 },
        };
        for (var i = 0; i < 10; i++)
        {
            Add($"k{i}", "1,2", i % 2 == 0 ? $"{{\"predictions\":[{{\"score\":{i}.5}}]}}" : $"{i}.5\n");
            Label($"k{i}", $"{i - 2}");
        }
        Label("other", "many");
        Add("open", "3,4", "7.25\n");
        var (join, report) = Run();
        report.Value.ShouldBe(2.5);
        report.Baseline.ShouldBe(2.5);
        report.Low.ShouldBeTrue();
        report.Explanation.ShouldBe(
            "Mean absolute error 2.50 [2.50, 2.50] from 10 audit labels, over the threshold 2; 10 of 11 audit-sample rows are reviewed, 11 captured in all. 1 label is not a number and set aside."
        );
        join.Statistics(MonitorWindow.Of(project.Monitor, At))["regression_metrics"]!["mae"]!["value"]!
            .GetValue<double>()
            .ShouldBe(2.5);
        var open = join.Offers.AuditQueue().Single();
        (open.Predicted, open.Score).ShouldBe(("7.25", null));
        join.Offers.UncertainQueue().ShouldBeEmpty();
    }

    [Fact]
    public void A_classification_measures_its_metric_with_the_probabilities_of_the_answers()
    {
        project = project with
        {
            Labels = ["no", "yes"],
            Quality = new QualityDescription { Metric = "log_loss", Threshold = 0.5 },
        };
        foreach (
            var (key, yes, truth) in (ValueTuple<string, string, string>[])
                [("a", "0.8", "yes"), ("b", "0.4", "no"), ("c", "0.9", "no")]
        )
        {
            Add(key, "1,2", $"{yes}\n");
            Label(key, truth);
        }
        var report = Run().Report;
        report.Value!.Value.ShouldBe(-(Math.Log(0.8) + Math.Log(0.6) + Math.Log(0.1)) / 3, 1e-6);
        report.Low.ShouldBeTrue();

        project = project with
        {
            Quality = new QualityDescription { Metric = "f1:yes", Threshold = 0.9 },
        };
        Run().Report.Value.ShouldBe(2 / 3.0);
    }
}
