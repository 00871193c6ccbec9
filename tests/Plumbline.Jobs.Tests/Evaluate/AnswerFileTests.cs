using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Evaluate;

/// <summary>The evaluation of contents by the answers of the model's own handler.</summary>
public sealed class AnswerFileTests : IDisposable
{
    private static readonly ProjectDescription Project = new()
    {
        Name = "pets",
        Data = new DataDescription { Format = SourceFormat.Folders },
        Labels = ["cat", "dog"],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Answers_are_read_in_every_form_that_monitoring_reads()
    {
        Tested("base", "cat", "dog", "dog", "cat");
        Answered(
            "base",
            """{"predictions":[{"label":"cat","score":0.9,"probabilities":[0.9,0.1]}]}""",
            """{"predicted_label":"dog","score":0.8}""",
            "0.3",
            "cat"
        );
        Tested("recent", "dog");
        Answered("recent", """{"predictions":[{"label":"dog"}]}""");

        var report = await RunAsync();

        (report.Base.Correct, report.Base.Rows).ShouldBe((3, 4));
        (report.Recent.Correct, report.Recent.Rows).ShouldBe((1, 1));
        var predictions = Prediction.Read(folder.At("processing/output/evaluation/predictions.csv"));
        predictions.Count.ShouldBe(5);
        var first = predictions.First(one => one.Set == Prediction.Base);
        (first.Predicted, first.Score).ShouldBe((0, 0.9f));
        first.Key.ShouldBe(Pinned(0).Sha256);
    }

    [Theory]
    [InlineData(
        """{"predictions":[{"label":"bird"}]}""",
        "photos/0.jpg: the model's answer must name one of the labels"
    )]
    [InlineData("", "photos/0.jpg: the model's answer must name one of the labels")]
    public async Task An_answer_that_names_no_label_is_refused_with_its_example(string answer, string problem)
    {
        Tested("base", "cat");
        Answered("base", answer);

        (await Should.ThrowAsync<UserError>(RunAsync)).Message.ShouldStartWith(problem);
    }

    [Fact]
    public async Task A_missing_or_an_additional_answer_is_refused()
    {
        Tested("base", "cat", "dog");
        Answered("base", "cat");
        (await Should.ThrowAsync<UserError>(RunAsync)).Message.ShouldBe(
            "input scores, base.jsonl: ends before the answer about photos/1.jpg"
        );

        Answered("base", "cat", "dog", "dog");
        (await Should.ThrowAsync<UserError>(RunAsync)).Message.ShouldBe(
            "input scores, base.jsonl: has more lines than the 2 held-out examples"
        );
    }

    private static Content Pinned(int number) => Content.Of(TinyImages.Numbered(number), "image/jpeg");

    private Task<EvaluationReport> RunAsync() =>
        EvaluateCommand.RunAsync(
            Project,
            "first",
            new ProcessingFolders(folder.Path),
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            CancellationToken.None
        );

    private void Tested(string set, params string[] labels) =>
        folder.Write(
            $"processing/input/test/{set}.jsonl",
            string.Concat(
                labels.Select(
                    (label, i) =>
                        new Example
                        {
                            Label = label,
                            Class = Project.IndexOf(label),
                            Content = Pinned(i),
                            Key = Pinned(i).Sha256,
                            Id = $"photos/{i}.jpg",
                            Origin = ExampleOrigin.Base,
                        }.ToLine() + "\n"
                )
            )
        );

    private void Answered(string set, params string[] answers) =>
        folder.Write(
            $"processing/input/scores/{set}.jsonl",
            string.Concat(answers.Select(answer => RecordJson.Write(answer) + "\n"))
        );
}
