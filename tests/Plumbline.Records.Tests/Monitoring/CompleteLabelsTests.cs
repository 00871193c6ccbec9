using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.Monitoring;

/// <summary>A system delivers the truth of every prediction (<c>monitor.labels: complete</c>).</summary>
public sealed class CompleteLabelsTests : JoinRuns
{
    public CompleteLabelsTests() =>
        project = project with
        {
            Monitor = ProjectDescription
                .Parse("name: a1\ndata: {file: a.csv}\nlabels: [a, b]\nmonitor: {labels: complete, minimumLabels: 3}\n")
                .Monitor,
        };

    [Fact]
    public void All_of_it_measures_and_nobody_is_asked()
    {
        Deliver(labelled: 99, all: 100);

        var (join, report) = Run();

        report.Labels.ShouldBe(99);
        report.IsTruthMissing.ShouldBeFalse();
        report.Explanation.ShouldBe(
            "Accuracy 0.990 [0.945, 0.998] from 99 labels, not under the threshold 0.9; 99 of 100 predictions have their truth (monitor.labels: complete)."
        );
        join.Offers.AuditQueue().ShouldBeEmpty();
        join.Offers.UncertainQueue().ShouldBeEmpty();
    }

    [Fact]
    public void Truth_that_is_late_or_missing_is_said_with_the_figure()
    {
        Deliver(labelled: 88, all: 100);

        var report = Run().Report;

        report.IsTruthMissing.ShouldBeTrue();
        report.Explanation.ShouldEndWith(
            "88 of 100 predictions have their truth (monitor.labels: complete). Truth is late or missing for 12 % of the predictions, so a figure may be biased: a longer monitor.labelDelay waits for late truth."
        );
        RecordJson.Read<MonitorReport>(RecordJson.Write(report), "").IsTruthMissing.ShouldBeTrue();
    }

    [Fact]
    public void A_prediction_that_a_person_picked_does_not_measure_until_its_truth_comes()
    {
        Deliver(labelled: 20, all: 20);
        Capture("picked", "cat");
        Label("picked", "dog");
        corrections.Add(SampleRecords.Correction(1, "1,2", list: ReviewList.Volunteered, joinKey: "picked"));

        Run().Report.Labels.ShouldBe(20);

        corrections.Add(SampleRecords.Correction(2, "1,2", joinKey: "picked"));
        Run().Report.Labels.ShouldBe(21);
    }

    [Fact]
    public void Without_any_truth_no_review_list_is_named()
    {
        Deliver(labelled: 0, all: 10);

        var text = Run().Report.Explanation;

        text.ShouldBe(
            "No label was given yet for the 10 predictions captured: your system delivers them (docs/ground-truth.md)."
        );
    }

    private void Deliver(int labelled, int all)
    {
        for (var i = 0; i < all; i++)
        {
            Capture($"k{i}", "cat");
            if (i < labelled)
                Label($"k{i}", i == 0 ? "dog" : "cat");
        }
    }
}
