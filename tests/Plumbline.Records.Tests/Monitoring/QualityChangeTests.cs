using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;
using Plumbline.Records.Statistics;

namespace Plumbline.Records.Tests.Monitoring;

public sealed class QualityChangeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_stored_reports_fire_where_the_detector_with_a_memory_fires()
    {
        var random = new Random(3);
        var detector = new AccuracyDrop();
        var reports = new List<MonitorReport>();
        var fired = 0;
        for (var day = 0; day < 200; day++)
        {
            var right = Enumerable.Range(0, 100).Select(_ => random.NextDouble() < 0.8).ToList();
            reports.Add(Accuracy(day, right.Count(one => one), 100));
            var fires = detector.Note(new ArrivedLabels(right, 0));
            (Change(reports, learned: day - 1)?.IsDue == true).ShouldBe(fires, $"day {day}");
            fired += fires ? 1 : 0;
        }

        fired.ShouldBeInRange(3, 25, "one chance in twenty");
    }

    [Fact]
    public void A_change_stays_due_until_a_training_or_until_the_figure_has_recovered()
    {
        MonitorReport[] reports =
        [
            Accuracy(1, 90, 100),
            Accuracy(2, 70, 100),
            Accuracy(3, 72, 100),
            Accuracy(4, 71, 100),
        ];

        Change(reports[..2], learned: 0)!.IsDue.ShouldBeTrue();
        Change(reports, learned: 0)!.IsDue.ShouldBeTrue("the cool-down held it");
        Change(reports, learned: 2)!.IsDue.ShouldBeFalse("a training has learned from it");
        Change(reports[..2], learned: 3)!.IsDue.ShouldBeFalse("an event that comes late finds it learned");
        Change([.. reports, Accuracy(5, 88, 100)], learned: 0)!.IsDue.ShouldBeFalse("it has recovered");
    }

    [Fact]
    public void Measurements_of_the_same_labels_are_not_compared()
    {
        var again = Accuracy(2, 70, 100) with { Window = Day(1.5) };

        Change([Accuracy(1, 90, 100), again], learned: 0).ShouldBeNull();
        Change([Accuracy(0, 90, 100), Accuracy(1, 88, 100), again], learned: 0)!.Measurements.ShouldBe(1);
    }

    [Fact]
    public void An_error_changes_upwards_and_its_interval_tells_what_chance_explains()
    {
        MonitorReport[] reports = [Error(1, 10, 1), Error(2, 10.5, 1), Error(3, 14, 1)];

        var change = QualityChange.Of(reports, "mae", null)!;

        change.IsDue.ShouldBeTrue();
        change.Sentence().ShouldStartWith("mean absolute error 14.00 from 100 audit labels is ");
        change.Sentence().ShouldContain(" standard errors over the 10.25 of 2 measurements before");
        QualityChange.Of([.. reports[..2], Error(3, 10.9, 1)], "mae", null)!.IsDue.ShouldBeFalse();
    }

    [Fact]
    public void The_sentence_has_the_figures()
    {
        Change([Accuracy(1, 90, 100), Accuracy(2, 70, 100)], learned: 0)!
            .Sentence()
            .ShouldBe(
                "accuracy 0.700 from 100 audit labels is 4.7 standard errors under the 0.900 of the measurement before, and a fall of 1.64 counts as a change"
            );
    }

    [Fact]
    public void Labels_grow_by_a_share_of_what_was_learned()
    {
        var grown = new LabelsGrown(New: 70, Learned: 999, Wanted: 0.07);

        grown.IsDue.ShouldBeTrue();
        grown
            .Sentence()
            .ShouldBe(
                "70 new labels are 7 % of the 999 rows that the newest version has learned, and 7 % start a training"
            );
        (grown with { New = 60 }).IsDue.ShouldBeFalse();
        (grown with { New = 60 }).Missing.ShouldBe(10);
        (grown with { Wanted = null }).IsDue.ShouldBeFalse();
        new LabelsGrown(0, 0, 0.07).IsDue.ShouldBeFalse();
    }

    [Fact]
    public void With_few_labels_in_a_measurement_each_new_label_counts()
    {
        var few = new LabelsGrown(New: 30, Learned: 999, Wanted: 0.07) { Measured = 100 };

        few.IsDue.ShouldBeTrue();
        few.Missing.ShouldBe(0);
        few.Sentence()
            .ShouldEndWith("start a training; fewer do, too, because the newest measurement has under 250 labels");
        (few with { New = 0 }).IsDue.ShouldBeFalse();
        (few with { Measured = 250 }).IsDue.ShouldBeFalse();
        (few with { Wanted = null }).IsDue.ShouldBeFalse();
    }

    private static QualityChange? Change(IReadOnlyList<MonitorReport> reports, int learned) =>
        QualityChange.Of(reports, MetricKind.Accuracy, Start.AddDays(learned));

    private static MonitorWindow Day(double day) => new(Start.AddDays(day - 1), Start.AddDays(day), Start.AddDays(day));

    private static MonitorReport Accuracy(int day, int right, int labels)
    {
        var interval = Wilson.Of(right, labels);
        return Report(day, labels) with { Value = interval.Value, Lower = interval.Lower, Upper = interval.Upper };
    }

    private static MonitorReport Error(int day, double value, double halfWidth) =>
        Report(day, 100) with
        {
            Metric = "mae",
            Value = value,
            Lower = value - halfWidth,
            Upper = value + halfWidth,
        };

    private static MonitorReport Report(int day, int labels) =>
        new()
        {
            Project = "pets",
            Endpoint = "pets",
            Window = Day(day),
            State = MonitorState.Measured,
            Explanation = "",
            Labels = labels,
            MinimumLabels = 20,
            Threshold = 0.5,
            Unreviewed = 0,
            Counts = new JoinCounts(),
        };
}
