using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.Monitoring;

/// <summary>The labels that a project with <c>monitor.precision</c> asks for.</summary>
public sealed class LabelsWantedTests : JoinRuns
{
    [Fact]
    public void As_many_labels_are_wanted_as_the_interval_takes_and_the_sentence_says_what_they_are_worth()
    {
        Precise(0.02);
        Answer(rows: 2_000, labelled: 400, wrongEvery: 10);

        var (_, report) = Run();
        var wanted = LabelsWanted.Of(project, report);

        // Wilson's interval for 0.9 has ±0.02 at some 860 labels.
        (wanted.Audit + 400).ShouldBeInRange(850, 870);
        wanted.Uncertain.ShouldBe(0, "the audit sample comes first");
        wanted.Sentence.ShouldStartWith($"{wanted.Audit} more audit answers narrow ±0.030 to ±0.020; ±0.020 takes ");
        wanted.Sentence.ShouldContain("% of the traffic");
        var enough = report with { Labels = 400 + wanted.Audit };
        LabelsWanted.HalfWidth(enough, 0)!.Value.ShouldBeLessThanOrEqualTo(0.02);
        LabelsWanted.HalfWidth(enough, -5)!.Value.ShouldBeGreaterThan(0.0199);
    }

    [Fact]
    public void Nothing_more_is_asked_of_the_audit_sample_once_its_interval_is_reached()
    {
        Precise(0.05);
        Answer(rows: 1_000, labelled: 300, wrongEvery: 10);

        var (join, report) = Run();
        var wanted = LabelsWanted.Of(project, report);

        wanted.Audit.ShouldBe(0);
        join.Offers.AuditQueue(wanted.Audit).ShouldBeEmpty();
        wanted.Sentence.ShouldStartWith(
            "The interval is ±0.034 of ±0.050 asked for: more audit answers would change nothing."
        );
        // Half and half: as many uncertain ones as the interval takes of the audit sample.
        wanted.Uncertain.ShouldBeInRange(130, 150);
        wanted.Sentence.ShouldEndWith($" {wanted.Uncertain} uncertain answers improve the next model.");
    }

    [Theory]
    [InlineData(0.012, 0)]
    [InlineData(-0.004, 0)]
    [InlineData(0.06, 130)]
    [InlineData(null, 130)]
    public void Nobody_is_asked_about_uncertain_predictions_while_no_candidate_gains_as_much_as_the_precision(
        double? mostGain,
        int least
    )
    {
        Precise(0.05);
        Answer(rows: 1_000, labelled: 300, wrongEvery: 10);
        var (_, report) = Run();

        var wanted = LabelsWanted.Of(project, report with { MostGain = mostGain });

        wanted.Audit.ShouldBe(0);
        wanted.Uncertain.ShouldBeInRange(least, least + 20);
        wanted
            .Sentence.Contains(
                "Uncertain ones would not, either, until accuracy gets worse: ",
                StringComparison.Ordinal
            )
            .ShouldBe(least == 0);
        if (mostGain == 0.012)
        {
            wanted.Sentence.ShouldEndWith("the candidates of the newest training gained at most 0.012 on recent rows.");
        }
    }

    [Fact]
    public void The_list_is_as_long_as_wanted_and_begins_with_the_lowest_positions()
    {
        Precise(0.1);
        Answer(rows: 400, labelled: 0, wrongEvery: 10);

        var (join, report) = Run();
        var wanted = LabelsWanted.Of(project, report);
        var list = join.Offers.AuditQueue(wanted.Audit);

        list.Count.ShouldBe(wanted.Audit);
        var positions = list.Select(item => AuditSample.Position(item.JoinKey)).ToList();
        positions.ShouldBe(
            Enumerable.Range(0, 400).Select(row => AuditSample.Position($"row-{row}")).Order().Take(wanted.Audit)
        );
        join.Offers.UncertainQueue(wanted.Uncertain).ShouldBeEmpty();
        wanted.Sentence.ShouldContain("audit answers give a figure of about ±0.");
    }

    [Fact]
    public void Answers_about_uncertain_rows_are_counted_but_never_measured()
    {
        project = project with
        {
            Monitor = new MonitorDescription
            {
                AuditShare = 0.5,
                Precision = 0.1,
                MinimumLabels = 3,
            },
        };
        for (var row = 0; row < 200; row++)
        {
            Capture($"row-{row}", "cat");
            Label($"row-{row}", "dog");
            Correct($"row-{row}", ReviewList.Uncertain, row);
        }

        var (_, report) = Run();

        var members = Enumerable.Range(0, 200).Count(row => AuditSample.Contains($"row-{row}", 0.5));
        report.Counts.AuditLabels.ShouldBe(0);
        report.Counts.AuditVolunteered.ShouldBe(members);
        report.Counts.UncertainLabels.ShouldBe(200 - members);
    }

    [Fact]
    public void With_a_delay_the_rows_that_are_measured_next_are_asked_for()
    {
        project = project with
        {
            Monitor = new MonitorDescription
            {
                AuditShare = 1,
                Precision = 0.2,
                MinimumLabels = 3,
                LabelDelay = TimeSpan.FromDays(1),
            },
        };
        Capture("measured", "cat", time: "2026-02-28T12:00:00Z");
        Capture("later", "cat", time: "2026-03-01T12:00:00Z");
        Capture("known", "cat", time: "2026-03-01T13:00:00Z");
        Label("known", "cat");

        var (join, report) = Run();

        join.Offers.AuditQueue().Select(item => item.JoinKey).ShouldBe(["later"]);
        report.Counts.LaterAuditLabels.ShouldBe(1);
    }

    [Fact]
    public void Without_a_precision_both_lists_are_as_long_as_before()
    {
        Answer(rows: 300, labelled: 100, wrongEvery: 10);

        var (join, report) = Run();
        var wanted = LabelsWanted.Of(project, report);

        join.Offers.AuditQueue(wanted.Audit).Count.ShouldBe(200);
        wanted.Sentence.ShouldBe("200 more audit answers narrow ±0.060 to ±0.034.");
    }

    private void Precise(double precision) =>
        project = project with
        {
            Monitor = new MonitorDescription
            {
                AuditShare = 1,
                Precision = precision,
                MinimumLabels = 20,
            },
            Review = new ReviewDescription { Queue = 5_000 },
        };

    private void Answer(int rows, int labelled, int wrongEvery)
    {
        for (var row = 0; row < rows; row++)
        {
            Capture($"row-{row}", "cat");
            if (row < labelled)
                Label($"row-{row}", row % wrongEvery == 0 ? "dog" : "cat");
        }
    }

    private void Correct(string key, ReviewList list, int order) =>
        corrections.Add(SampleRecords.Correction(order, "1,2", "dog", list, key));
}
