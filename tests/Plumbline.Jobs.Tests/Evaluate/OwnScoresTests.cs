using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Score;
using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Evaluate;

/// <summary>A project's own score.py gives the losses, and each of its failures is one clear message.</summary>
[Collection("processes")]
public sealed class OwnScoresTests : IDisposable
{
    private const string Distance =
        "def score(answer, truth):\n    print('not a loss')\n    return abs(answer['x'] - truth['x'])\n";

    private static readonly AnsweredTruth[] Examples =
    [
        new("k0", """{"x":1}""", """{"x":4}"""),
        new("k1", """{"x":2}""", """{"x":2.5}"""),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [ProgramFact("python3")]
    public async Task One_process_gives_the_loss_of_each_example() => (await RunAsync(Distance)).ShouldBe([3, 0.5]);

    [ProgramFact("python3")]
    public async Task A_hundred_thousand_examples_do_not_block_on_a_full_pipe()
    {
        var many = Enumerable
            .Range(0, 100_000)
            .Select(i => new AnsweredTruth($"k{i}", $"{{\"x\":{i}}}", """{"x":0}"""))
            .ToList();
        folder.Write("score.py", Distance.Replace("    print('not a loss')\n", ""));
        var losses = await Scores(TimeSpan.FromMinutes(1)).RunAsync(many, CancellationToken.None);
        losses.Count.ShouldBe(many.Count);
        losses[^1].ShouldBe(99_999);
    }

    [Theory]
    [InlineData(
        "def score(answer, truth):\n    return 'bad'\n",
        "score.py: example k0: gave {\"loss\": \"bad\"}, which is not a finite number"
    )]
    [InlineData(
        "def score(answer, truth):\n    return float('nan')\n",
        "score.py: example k0: gave {\"loss\": NaN}, which is not a finite number"
    )]
    [InlineData(
        "def score(answer, truth):\n    return truth['y']\n",
        "score.py: example k0: ended with exit code 1: score(answer, truth) failed: KeyError('y')"
    )]
    [InlineData(
        "import sys\ndef score(answer, truth):\n    if truth['x'] < 3:\n        sys.exit(0)\n    return 1\n",
        "score.py: example k1: wrote 1 lines for 2 examples and has none for this one"
    )]
    [InlineData(
        "def loss(answer, truth):\n    return 1\n",
        "score.py: example k0: ended with exit code 1: it has no function score(answer, truth)"
    )]
    [InlineData("def score(answer, truth)\n", "score.py: example k0: ended with exit code 1: SyntaxError")]
    [InlineData(
        "import time\ndef score(answer, truth):\n    time.sleep(60)\n",
        "score.py: example k0: gave no number within 2 s"
    )]
    public async Task A_program_that_fails_is_named_with_the_example(string program, string problem)
    {
        var patience = TimeSpan.FromSeconds(problem.EndsWith("2 s", StringComparison.Ordinal) ? 2 : 60);
        (await Should.ThrowAsync<UserError>(() => RunAsync(program, patience))).Message.ShouldStartWith(problem);
    }

    [ProgramFact("python3")]
    public async Task The_program_gets_none_of_the_jobs_credentials()
    {
        Environment.SetEnvironmentVariable("AWS_TASKS_TEST_SECRET", "1");
        try
        {
            (
                await RunAsync(
                    "import os\ndef score(answer, truth):\n    return sum(name.startswith('AWS_') for name in os.environ)\n"
                )
            ).ShouldBe([0, 0]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_TASKS_TEST_SECRET", null);
        }
    }

    [ProgramFact("python3")]
    public async Task An_evaluation_of_JSON_truths_rests_on_the_losses_of_the_program()
    {
        folder.Write("score.py", Distance);
        var project = new ProjectDescription
        {
            Name = "boxes",
            Task = TaskKind.Custom,
            Data = new DataDescription { Format = SourceFormat.Manifest },
            Labels = [],
            Quality = new QualityDescription
            {
                Metric = MetricKind.OfOwn("distance", higherIsBetter: false).Name,
                Threshold = 2,
                Score = "score.py",
            },
        };
        Tested("""{"x":4}""", """{"x":2.5}""");
        folder.Write("processing/input/scores/base.jsonl", "\"{\\\"x\\\": 1}\"\n\"{\\\"x\\\":2}\"\n");

        var report = await EvaluateCommand.RunAsync(
            project,
            "first",
            new ProcessingFolders(folder.Path),
            DateTimeOffset.UnixEpoch,
            CancellationToken.None,
            Scores(TimeSpan.FromMinutes(1))
        );

        report.Base.Value.ShouldBe(1.75);
        report.Reason.ShouldNotBeNull().ShouldStartWith("First model: distance 1.75 [");
        Prediction
            .Read(folder.At("processing/output/evaluation/predictions.csv"))
            .Select(one => one.Predicted)
            .ShouldBe([3, 0.5]);
    }

    private void Tested(params string[] truths)
    {
        var lines = truths.Select(
            (truth, i) =>
                new Example
                {
                    Label = truth,
                    Class = 0,
                    Content = Content.Of([(byte)i], "text/plain"),
                    Key = Content.Of([(byte)i], "text/plain").Sha256,
                    Id = $"truths.jsonl:{i + 1}",
                    Origin = ExampleOrigin.Base,
                }.ToLine()
        );
        folder.Write("processing/input/test/base.jsonl", string.Join('\n', lines) + "\n");
    }

    private Task<IReadOnlyList<double>> RunAsync(string program, TimeSpan? patience = null)
    {
        folder.Write("score.py", program);
        return Scores(patience ?? TimeSpan.FromMinutes(1)).RunAsync(Examples, CancellationToken.None);
    }

    private OwnScores Scores(TimeSpan patience) => new(folder.Path, "score.py", patience);
}
