using Plumbline.Aws.Formats;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.Monitoring;

public class QualityJoinTests : JoinRuns
{
    [Fact]
    public void The_figure_is_the_share_of_right_audit_labels_with_its_interval()
    {
        for (var i = 0; i < 10; i++)
        {
            Capture($"k{i}", "cat");
            Label($"k{i}", i < 8 ? "cat" : "dog");
        }
        Capture("unreviewed", "cat");
        var (join, report) = Run();
        report.State.ShouldBe(MonitorState.Measured);
        report.Value.ShouldBe(0.8);
        report.Lower!.Value.ShouldBe(0.490, 0.001);
        report.Upper!.Value.ShouldBe(0.943, 0.001);
        report.Coverage!.Value.ShouldBe(10 / 11.0);
        report.Unreviewed.ShouldBe(1);
        report.Low.ShouldBeTrue();
        report.Explanation.ShouldBe(
            "Accuracy 0.800 [0.490, 0.943] from 10 audit labels, under the threshold 0.9, which its interval reaches; 10 of 11 audit-sample rows are reviewed, 11 captured in all."
        );
        join.Finish().Matrix[1, 0].ShouldBe(2);
        join.Offers.AuditQueue().Single().JoinKey.ShouldBe("unreviewed");
    }

    [Fact]
    public void Labels_and_answers_by_a_name_of_before_are_those_of_now()
    {
        project = project with { FormerLabels = new Dictionary<string, string> { ["chat"] = "cat" } };
        for (var i = 0; i < 4; i++)
        {
            Capture($"k{i}", i % 2 == 0 ? "chat" : "cat");
            Label($"k{i}", i < 2 ? "chat" : "cat");
        }
        Capture("open", "chat");

        var (join, report) = Run();

        report.Value.ShouldBe(1);
        join.Offers.AuditQueue().Single().Predicted.ShouldBe("cat");
    }

    [Fact]
    public void Under_the_minimum_there_is_no_figure_and_the_state_says_so()
    {
        Capture("a", "cat");
        Label("a", "cat");
        var report = Run().Report;
        report.State.ShouldBe(MonitorState.TooFewLabels);
        report.Value.ShouldBeNull();
        report.Labels.ShouldBe(1);
        report.Explanation.ShouldStartWith("No figure: 1 audit label, and 3 are needed; 1 of 1 audit-sample rows");
    }

    [Fact]
    public void Labels_outside_the_audit_sample_do_not_count()
    {
        project = project with { Monitor = project.Monitor with { AuditShare = 0.5 } };
        var members = Enumerable.Range(0, 40).Count(i => AuditSample.Contains($"k{i}", 0.5));
        for (var i = 0; i < 40; i++)
        {
            Capture($"k{i}", "cat");
            Label($"k{i}", AuditSample.Contains($"k{i}", 0.5) ? "cat" : "dog");
        }
        var report = Run().Report;
        report.Value.ShouldBe(1);
        report.Labels.ShouldBe(members);
        report.Counts.Matched.ShouldBe(40);
    }

    [Fact]
    public void A_label_that_was_only_volunteered_does_not_count_until_the_audit_list_brings_it()
    {
        Capture("a", "cat");
        Label("a", "dog");
        corrections.Add(SampleRecords.Correction(1, "1,2", "dog", ReviewList.Volunteered, "a"));
        var (join, report) = Run();
        report.Labels.ShouldBe(0);
        report.Counts.AuditVolunteered.ShouldBe(1);
        join.Offers.AuditQueue().Count.ShouldBe(1);
        corrections.Add(SampleRecords.Correction(2, "1,2", "dog", ReviewList.Audit, "a"));
        Run().Report.Labels.ShouldBe(1);
    }

    [Fact]
    public void Nothing_captured_is_a_result()
    {
        Label("a", "cat");
        var report = Run().Report;
        report.State.ShouldBe(MonitorState.NothingToMeasure);
        report.Explanation.ShouldBe(
            "Nothing to measure yet: no prediction was captured from 2026-03-01 00:00:00Z to 2026-03-02 00:00:00Z, and 1 label lies outside the window."
        );
    }

    [Fact]
    public void Nothing_matched_is_a_result_that_says_why()
    {
        for (var i = 0; i < 4; i++)
            Capture(null, "cat");
        Capture("a", "cat");
        Capture(null, "cat", eventId: "");
        Label("b", "cat");
        Label("c", "wolf");
        Run()
            .Report.Explanation.ShouldBe(
                "0 of 6 captures matched: 1 without a key, 1 label outside the window or of unknown predictions. "
                    + "4 came without an inference id: their key is the event id that the capture has; a caller that sends InferenceId can name the prediction later. "
                    + "1 label is not one of labels in plumbline.yaml and set aside."
            );
    }

    [Fact]
    public void Without_an_inference_id_the_event_id_joins()
    {
        Capture(null, "cat", eventId: "e-1");
        Label("e-1", "cat");
        Run().Report.Counts.AuditLabels.ShouldBe(1);
    }

    [Fact]
    public void Each_row_of_a_body_has_its_own_label()
    {
        Add("batch", "1,1\n2,2\n3,3\n", """{"predictions":[{"label":"cat"},{"label":"dog"},{"label":"bird"}]}""");
        Label("batch#0", "cat");
        Label("batch#2", "cat");
        var (join, report) = Run();
        report.Counts.Captures.ShouldBe(3);
        report.Labels.ShouldBe(2);
        var item = join.Offers.AuditQueue().Single();
        item.JoinKey.ShouldBe("batch#1");
        item.Features.ShouldBe("2,2");
        item.Predicted.ShouldBe("dog");
    }

    [Fact]
    public void The_last_label_of_a_key_counts_and_a_key_sent_twice_counts_once()
    {
        Capture("a", "cat");
        Capture("a", "cat");
        Label("a", "dog");
        Label("a", "cat");
        var report = Run().Report;
        report.Labels.ShouldBe(1);
        report.Counts.Repeated.ShouldBe(1);
        Run().Join.Finish().Matrix[0, 0].ShouldBe(1);
    }

    [Fact]
    public void The_window_is_over_inference_time_and_later_rows_are_only_offered_for_review()
    {
        project = project with { Monitor = project.Monitor with { LabelDelay = TimeSpan.FromHours(6) } };
        Capture("before", "cat", time: "2026-02-28T17:59:59Z");
        Capture("first", "cat", time: "2026-02-28T18:00:00Z");
        Capture("last", "cat", time: "2026-03-01T17:59:59.999Z");
        Capture("after", "cat", time: "2026-03-01T18:00:00Z");
        Capture("tomorrow", "cat", time: "2026-03-02T00:00:00Z");
        foreach (var key in new[] { "before", "first", "last" })
            Label(key, "cat");
        var (join, report) = Run();
        report.Labels.ShouldBe(2);
        report.Counts.LabelsOutside.ShouldBe(1);
        join.Offers.AuditQueue().Select(item => item.JoinKey).ShouldBe(["after"]);
    }

    [Fact]
    public void The_uncertain_list_has_the_smallest_margins_first_and_never_an_audit_member()
    {
        project = project with
        {
            Monitor = project.Monitor with { AuditShare = 0.5 },
            Review = new ReviewDescription { Queue = 5 },
        };
        for (var i = 0; i < 40; i++)
        {
            var p = (0.5 + i / 100.0).ToString("0.00");
            Add(
                $"k{i}",
                "1,2",
                $"{{\"predictions\":[{{\"label\":\"cat\",\"probabilities\":[{p},{1 - double.Parse(p):0.00},0]}}]}}"
            );
        }
        var join = Run().Join;
        var uncertain = join.Offers.UncertainQueue();
        uncertain.Count.ShouldBe(5);
        uncertain.ShouldAllBe(item => !AuditSample.Contains(item.JoinKey, 0.5) && item.List == ReviewList.Uncertain);
        uncertain.Select(item => item.Margin).ShouldBeInOrder();
        uncertain[0]
            .JoinKey.ShouldBe(Enumerable.Range(0, 40).Select(i => $"k{i}").First(k => !AuditSample.Contains(k, 0.5)));
        var audit = join.Offers.AuditQueue();
        audit.Count.ShouldBe(5);
        audit.Select(item => AuditSample.Position(item.JoinKey)).ShouldBeInOrder();
    }

    [Fact]
    public void Before_the_first_label_the_text_says_what_to_do()
    {
        for (var i = 0; i < 4; i++)
            Capture(null, "cat");
        var text = Run().Report.Explanation;
        text.ShouldStartWith("No label was given yet for the 4 predictions captured: `plumb predictions --list audit`");
        text.ShouldContain(" truth/ ");
        text.ShouldContain("4 came without an inference id");
    }

    [Fact]
    public void A_review_item_becomes_a_correction()
    {
        Capture("a", "cat");
        var item = Run().Join.Offers.AuditQueue().Single();
        var correction = item.Answer("dog", "ann", SampleRecords.Time, "it barks");
        correction.Kind.ShouldBe(CorrectionKind.Corrected);
        correction.JoinKey.ShouldBe("a");
        correction.Features.ShouldBe("1,2");
        correction.Reason.ShouldBe("it barks");
        correction.List.ShouldBe(ReviewList.Audit);
        RecordJson.Read<ReviewItem>(RecordJson.Write(item), "queue").ShouldBe(item);
    }
}
