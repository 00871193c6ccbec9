using System.Text.Json.Nodes;
using Plumbline.Cli.Demo;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// samples/digits-csharp as <c>plumb new --sample</c> copies it: a C# program of the project's own, which the build
/// compiles.
/// </summary>
[Trait(Nightly.Part, "code")]
public sealed class DotnetTests
{
    private const double Bar = 0.94;

    [NightlyFact("git", "bwrap")]
    public async Task A_program_in_C_sharp_is_compiled_trains_and_goes_round_the_same_loop()
    {
        await using var running = await RunningLoop.StartAsync(sample: "digits-csharp", onStack: true);
        await running.GoIntoProductionAsync();

        (await HeldOutAsync(running)).ShouldAllBe(model => model.Accuracy > Bar);
        var traffic = new Traffic(running.Loop);
        var digits = Digits.Load().Clean.Take(100).Select(digit => digit.Example).ToList();
        (await traffic.SendAsync(digits, index => $"digit-{index}", default)).Figure.ShouldBeGreaterThan(Bar);
        (await CurvesAsync(running)).ShouldBe(["train:loss", "validation:accuracy"]);

        (await running.PlumbAsync("retrain")).Succeeded();
        await running.EndedAsync(2);
        var models = await HeldOutAsync(running);
        models.Select(model => model.Role).ShouldBe(["first", "old", "new"]);
        models.ShouldAllBe(model => model.Accuracy > Bar);

        await File.AppendAllTextAsync(Path.Combine(running.Project, "code", "Program.cs"), "var half = \n");
        await new WorkTree(running.Project).CommitAllAsync("Half a line", CancellationToken.None);
        var push = await running.PlumbAsync("push");
        push.ExitCode.ShouldBe(1);
        push.Error.ShouldContain("plumb: code/train.csproj: does not compile: code/Program.cs(46,");
        push.Error.ShouldContain("error CS");
        push.Error.ShouldContain("Compiling the C# program in code/ ...");
        push.Error.ShouldNotContain("build: COMPLETED");
    }

    /// <summary>The registered models, oldest first, with the accuracy on held-out rows that the server scored.</summary>
    private static async Task<IReadOnlyList<(string Role, double? Accuracy)>> HeldOutAsync(RunningLoop running) =>
        [
            .. (await new ModelRegistry(running.Loop).EvaluatedAsync())
                .OrderBy(one => one.Model.Version)
                .Select(one => (one.Model.Role, one.Evaluation?.Base.Value)),
        ];

    /// <summary>The names of the figures that SageMaker found in the output of the first training.</summary>
    private static async Task<IEnumerable<string>> CurvesAsync(RunningLoop running)
    {
        var sageMaker = running.Loop.Clients.SageMaker;
        var jobs = await sageMaker.ListTrainingJobsAsync(new JsonObject { ["SortOrder"] = "Ascending" });
        var job = await sageMaker.DescribeTrainingJobAsync(
            new JsonObject { ["TrainingJobName"] = jobs.TrainingJobSummaries.First().TrainingJobName }
        );
        return job.Tree["FinalMetricDataList"]!
            .AsArray()
            .Select(figure => (string)figure!["MetricName"]!)
            .Order(StringComparer.Ordinal);
    }
}
