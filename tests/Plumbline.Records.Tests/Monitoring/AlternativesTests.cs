using System.Text;
using Plumbline.Aws.Formats;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.Monitoring;

public class AlternativesTests
{
    private static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6"];

    [Fact]
    public void An_item_on_a_queue_has_the_five_most_probable_labels_with_their_probabilities()
    {
        var item = Queued(
            Digits,
            """{"predictions":[{"label":"4","probabilities":[0.01,0.2,0.02,0.1,0.5,0.05,0.12]}]}"""
        );
        item.Alternatives.ShouldBe([new("4", 0.5), new("1", 0.2), new("6", 0.12), new("3", 0.1), new("5", 0.05)]);
        item.Score.ShouldBe(0.5);
    }

    [Fact]
    public void Two_classes_have_both_from_the_probability_of_one() =>
        Queued(["no", "yes"], "0.75").Alternatives.ShouldBe([new("yes", 0.75), new("no", 0.25)]);

    [Theory]
    [InlineData("""{"predictions":[{"label":"4","score":0.5}]}""")]
    [InlineData("4")]
    public void An_answer_without_probabilities_has_none(string answer) =>
        Queued(Digits, answer).Alternatives.ShouldBeNull();

    [Fact]
    public void Each_row_of_a_body_has_its_own()
    {
        var record = CaptureRecord.Parse(
            SampleRecords.Capture(
                "a",
                "1\n2\n3",
                """{"predictions":[{"label":"x","probabilities":[0.9,0.1]},{"label":"y"},{"label":"y","probabilities":[0.3,0.7]}]}"""
            )
        );
        var rows = CapturedPrediction.Of(record, new LabelNames(["x", "y"]));
        rows[0].Alternatives.ShouldBe([new("x", 0.9), new("y", 0.1)]);
        rows[1].Alternatives.ShouldBeNull();
        rows[2].Alternatives.ShouldBe([new("y", 0.7), new("x", 0.3)]);
    }

    [Fact]
    public void They_survive_the_queue_file_and_older_lines_without_them_are_read()
    {
        var item = Queued(["no", "yes"], "0.75");
        var line = RecordJson.Write(item);
        line.ShouldContain(
            """
            "alternatives":[{"label":"yes","probability":0.75},{"label":"no","probability":0.25}]
            """
        );
        RecordJson.Read<ReviewItem>(line, "queue").Alternatives.ShouldBe(item.Alternatives);
        const string Older = """
            {"joinKey":"a","inferenceTime":"2026-03-01T12:00:00Z","endpoint":"pets","features":"1","predicted":"cat","score":0.9,"list":"audit"}
            """;
        RecordJson.Read<ReviewItem>(Older, "queue").Alternatives.ShouldBeNull();
    }

    private static ReviewItem Queued(string[] labels, string answer)
    {
        var project = SampleRecords.Project() with
        {
            Labels = labels,
            Monitor = new MonitorDescription { AuditShare = 1 },
        };
        var join = new QualityJoin(project, "pets", MonitorWindow.Of(project.Monitor, SampleRecords.Time.AddHours(1)));
        join.AddCapture(Encoding.UTF8.GetBytes(SampleRecords.Capture("a", "1,2", answer)));
        return join.Offers.AuditQueue().Single();
    }
}
