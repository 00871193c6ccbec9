using System.Globalization;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Training.Tests;

/// <summary>A project's own program in the image <c>plumbline-jobs</c>, and its model in <c>plumbline-serving</c>.</summary>
public sealed class OwnProgramTests
{
    private const string Name = "Plumbline.Training.Tests.dll";
    private const int Terminate = 15;

    [Fact]
    public async Task A_program_gets_what_a_script_gets_and_its_model_is_scored_by_the_server()
    {
        using var job = new ProgramJob("train");
        using (var train = job.Train())
        {
            (await train.ExitCodeAsync()).ShouldBe(0, train.Output);
            train.Output.ShouldContain("[0]\ttrain-loss:0.50000\tvalidation-accuracy:0.75000");
            train.Output.ShouldContain("""--class_labels ["no","yes"] --does train --epochs 7""");
            train.Output.ShouldContain($"{job.At("input", "data", "train")} 7 epochs");
        }

        using var score = job.Score("1,2,-1\n0,-3,0.5\n");
        (await score.ExitCodeAsync()).ShouldBe(0, score.Output);
        var scored = File.ReadAllLines(job.At("processing", "output", "scores", "base.csv"));
        scored.Length.ShouldBe(2);
        for (var row = 0; row < scored.Length; row++)
        {
            var expected = Expected(row == 0 ? [2, -1] : [-3, 0.5f]);
            var probabilities = scored[row].Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture));
            probabilities.ShouldBe(expected, 1e-5f);
        }

        File.ReadAllText(job.At("processing", "output", "scores", "recent.csv")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_that_predicts_numbers_is_scored_by_its_numbers()
    {
        using var job = new ProgramJob("predict a number", labels: null);
        using (var train = job.Train())
        {
            (await train.ExitCodeAsync()).ShouldBe(0, train.Output);
        }

        using var score = job.Score("7.5,2,1\n-1,0,4\n");
        (await score.ExitCodeAsync()).ShouldBe(0, score.Output);
        File.ReadAllLines(job.At("processing", "output", "scores", "base.csv")).ShouldBe(["4.5", "-1"]);
    }

    [Fact]
    public async Task Contents_are_scored_one_by_one_in_their_own_type_and_a_refusal_names_the_example()
    {
        using var job = new ProgramJob("predict a number", labels: null);
        using (var train = job.Train())
        {
            (await train.ExitCodeAsync()).ShouldBe(0, train.Output);
        }

        static string Line(string id, string type) =>
            $$$"""{"id":"{{{id}}}","source-ref":"s3://bucket/content/{{{id}}}","file":"content/{{{id}}}","content":{"type":"{{{type}}}"}}"""
            + "\n";
        (string, string)[] contents = [("content/a", "[[2,1]]"), ("content/b", "0,4")];
        using (
            var score = job.Score([
                .. contents,
                ("test/base.jsonl", Line("a", "application/json") + Line("b", "text/csv")),
            ])
        )
        {
            (await score.ExitCodeAsync()).ShouldBe(0, score.Output);
        }

        File.ReadAllLines(job.At("processing", "output", "scores", "base.jsonl"))
            .Select(line => JsonSerializer.Deserialize<string>(line))
            .ShouldBe(["""{"predictions":[{"score":4.5}]}""", """{"predictions":[{"score":-1}]}"""]);

        using var refused = job.Score([.. contents, ("test/base.jsonl", Line("a", "image/png"))]);
        (await refused.ExitCodeAsync()).ShouldBe(1, refused.Output);
        refused.Output.ShouldContain("a: the model's server answers 415");
    }

    [Theory]
    [InlineData("throw", 134, "Unhandled exception. System.InvalidOperationException: the loss is not a number")]
    [InlineData("end with 3", 3, "no row is left")]
    public async Task The_reason_of_a_failed_job_is_what_the_program_said(string does, int code, string reason)
    {
        using var job = new ProgramJob(does);
        using var train = job.Train();

        (await train.ExitCodeAsync()).ShouldBe(code, train.Output);
        job.Failure.ShouldBe($"{Name} ended with exit code {code}: {reason}");
    }

    [Theory]
    [InlineData("nothing", "it ended, but left no model in ")]
    [InlineData("write half", "it left model.onnx without signature.json, which says what comes in and what goes out")]
    [InlineData("mix up the labels", "it left signature.json with the labels yes, no; the project has no, yes")]
    public async Task A_model_that_cannot_be_served_fails_the_training(string does, string reason)
    {
        using var job = new ProgramJob(does);
        using var train = job.Train();

        (await train.ExitCodeAsync()).ShouldBe(1, train.Output);
        job.Failure.ShouldStartWith($"{Name}: {reason}");
    }

    [Fact]
    public async Task A_stopped_program_may_write_a_checkpoint_first()
    {
        using var job = new ProgramJob("wait");
        using var train = job.Train();
        await train.PrintedAsync("waiting");

        train.Signal(Terminate);

        (await train.ExitCodeAsync()).ShouldBe(1, train.Output);
        job.Failure.ShouldBe($"{Name} was stopped");
        File.ReadAllText(job.At("checkpoints", "1.checkpoint")).ShouldBe("half");
    }

    [Fact]
    public async Task A_channel_without_a_program_is_refused()
    {
        using var job = new ProgramJob("train", without: "Plumbline.Training.Tests.runtimeconfig.json");
        using var train = job.Train();

        (await train.ExitCodeAsync()).ShouldBe(1, train.Output);
        job.Failure.ShouldStartWith("channel code: sourcedir.tar.gz needs one file *.runtimeconfig.json");
    }

    [Fact]
    public async Task A_model_that_is_not_one_says_so_in_the_score()
    {
        using var job = new ProgramJob("train");
        Directory.CreateDirectory(job.At("model"));
        File.WriteAllText(job.At("model", "model.onnx"), "not a model");
        using var score = job.Score("1,2,-1\n");

        (await score.ExitCodeAsync()).ShouldBe(1, score.Output);
        score.Output.ShouldContain("signature.json: it is missing");
        score.Output.ShouldContain("plumbline-serving: model: cannot be served: signature.json: it is missing");
    }

    /// <summary>The network of <see cref="SmallProgram"/>, calculated by hand.</summary>
    private static float[] Expected(float[] row)
    {
        var (a, b) = (row[0], row[1]);
        float[] hidden = [MathF.Max(a + b, 0), MathF.Max(-a - b + 0.25f, 0), MathF.Max((0.5f * a) + (0.5f * b) - 1, 0)];
        var no = -hidden[0] + hidden[1] + (0.5f * hidden[2]) + 0.1f;
        var yes = hidden[0] - hidden[1] - (0.5f * hidden[2]) - 0.1f;
        var sum = MathF.Exp(no) + MathF.Exp(yes);
        return [MathF.Exp(no) / sum, MathF.Exp(yes) / sum];
    }
}
