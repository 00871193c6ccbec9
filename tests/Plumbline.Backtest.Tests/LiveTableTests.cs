using Plumbline.Backtest.Streams;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Backtest.Tests;

public sealed class LiveTableTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private int answers;

    [Fact]
    public void Base_rows_come_first_and_answers_follow_by_time_of_the_prediction()
    {
        folder.Write("data.csv", "label,a,b\nno,1,2\nyes,3,4\nno,5,6\n");

        var stream = Read(
            Answer("late", 2, "7,8", "yes"),
            Answer("early", 1, "9,10", "no"),
            Answer("early", 1, "9,10", "yes")
        );

        stream.Rows.ShouldBe(5);
        stream.Features(2, 5).ToArray().ShouldBe([5f, 6f, 9f, 10f, 7f, 8f]);
        // Of two answers about one prediction, the later counts.
        Enumerable.Range(0, 5).Select(stream.Truth).ShouldBe([0f, 1f, 0f, 1f, 1f]);
        stream.Times[3].ShouldBe(Start.AddHours(1));
        stream.Times[2].ShouldBeLessThan(stream.Times[3]);
    }

    [Fact]
    public void A_project_without_truths_says_how_to_get_some()
    {
        folder.Write("data.csv", "label,a,b\nno,1,2\nyes,3,4\n");

        Should
            .Throw<UserError>(() => Read(Answer("odd", 1, "1,2,3", "yes")))
            .Message.ShouldContain("no prediction of this project has a truth yet");
    }

    public void Dispose() => folder.Dispose();

    private LabelledStream Read(params IReadOnlyList<Correction> answers)
    {
        var project = new ProjectDescription
        {
            Name = "live",
            Data = new DataDescription(),
            Labels = ["no", "yes"],
        };
        var files = BaseFiles.Open(folder.At("data.csv"));
        var features = DataSetBuilder.ReadFeatures(files, project);
        var served = LiveTable.Served(project, features, answers);
        var reading = LiveTable.Write(project, files, features, served, folder.At("all.csv"));
        return TableStream.Read(folder.At("all.csv"), reading);
    }

    private Correction Answer(string key, int hour, string cells, string label) =>
        new()
        {
            // Ids of one millisecond have no order.
            Id = Guid.CreateVersion7(Start.AddSeconds(++answers)),
            JoinKey = key,
            InferenceTime = Start.AddHours(hour),
            Endpoint = "live",
            Features = cells,
            Predicted = "no",
            Label = label,
            List = ReviewList.Audit,
            Reviewer = "tester",
            Time = Start.AddHours(hour + 1),
        };
}
