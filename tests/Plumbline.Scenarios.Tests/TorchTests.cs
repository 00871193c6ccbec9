using Plumbline.Cli.Demo;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// samples/digits-torch as <c>plumb new --sample</c> copies it: a network of the project's own, in PyTorch.
/// </summary>
[Trait(Nightly.Part, "code")]
public sealed class TorchTests
{
    private const double Bar = 0.96;

    [NightlyFact("git", "bwrap")]
    public async Task A_network_of_the_projects_own_goes_round_the_same_loop()
    {
        await using var running = await RunningLoop.StartAsync(sample: "digits-torch", onStack: true);
        await running.GoIntoProductionAsync();

        (await HeldOutAsync(running)).ShouldAllBe(model => model.Accuracy > Bar);
        (await MeasuredAsync(running)).Value!.Value.ShouldBeGreaterThan(Bar);

        (await running.PlumbAsync("retrain")).Succeeded();
        await running.EndedAsync(2);

        var models = await HeldOutAsync(running);
        models.Select(model => model.Role).ShouldBe(["first", "old", "new"]);
        models.ShouldAllBe(model => model.Accuracy > Bar);
    }

    /// <summary>Sends requests to the endpoint, reviews the captures, and measures.</summary>
    private static async Task<MonitorReport> MeasuredAsync(RunningLoop running)
    {
        var digits = Digits.Load().Clean.Select(digit => digit.Example).ToList();
        var traffic = new Traffic(running.Loop);
        var answers = await traffic.SendAsync(digits, index => $"digit-{index}", CancellationToken.None);
        answers.Figure.ShouldBeGreaterThan(Bar);
        await Eventually.Async(async () =>
            await new CapturedPredictions(running.Loop).CountAsync() >= traffic.Captured
        );
        await MonitorAsync(running);
        await new Reviewers(running.Loop, digits).ReviewAuditAsync(int.MaxValue, CancellationToken.None);
        return await MonitorAsync(running);
    }

    private static async Task<MonitorReport> MonitorAsync(RunningLoop running)
    {
        await running.AdvanceAsync(TimeSpan.FromMinutes(10));
        return await new MonitorRuns(running.Loop, TimeProvider.System).RunAsync(null, null, CancellationToken.None);
    }

    /// <summary>
    /// The registered models, oldest first, with the accuracy on held-out rows that their handlers scored.
    /// </summary>
    private static async Task<IReadOnlyList<(string Role, double? Accuracy)>> HeldOutAsync(RunningLoop running) =>
        [
            .. (await new ModelRegistry(running.Loop).EvaluatedAsync())
                .OrderBy(one => one.Model.Version)
                .Select(one => (one.Model.Role, one.Evaluation?.Base.Value)),
        ];
}
