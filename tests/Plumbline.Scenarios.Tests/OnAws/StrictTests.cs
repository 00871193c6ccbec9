using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Cli.Demo;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Stack;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// The whole loop with exactly the stack's resources and then the build's command line: a local cloud holds what the
/// synthesized template lists and nothing else, and each actor may do what its role in the template says.
/// <see cref="FiveDriftsTests"/> is of this family, with <c>approval: recommended</c>.
/// </summary>
[Collection("processes")]
public sealed class StrictTests
{
    private const string GitHub = """
        source:
          github: acme/moons
          connection: arn:aws:codeconnections:us-east-1:000000000000:connection/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee

        """;

    [ProgramFact("git", "bwrap")]
    public async Task Two_moons_are_trained_approved_healed_taken_back_destroyed_and_deployed_again()
    {
        await using var running = await RunningLoop.StartAsync(
            Regions.Quickly,
            data: Regions.BaseData(),
            onStack: true
        );
        var days = new Days(running);
        await RoundAsync(running, days, () => Regions.PassAsync(days, 1, "drifted"));

        var kept = new[] { running.Loop.Names.Bucket, running.Loop.Names.Repository };
        (await running.AwsAsync("destroy")).Succeeded().ShouldContain("Deleted");
        (await new ProductionModel(running.Loop).FindAsync()).ShouldBeNull();
        (await running.Loop.Clients.Iam.ListRolesAsync(new JsonObject())).Objects("Roles").ShouldBeEmpty();

        (await running.AwsAsync("deploy", "--no-images")).Succeeded().ShouldContain("Ready");
        (await running.PlumbAsync("approve", "1", "--reason", "once more")).Succeeded();
        await LiveIsAsync(running, 1);
        kept.ShouldBe([running.Loop.Names.Bucket, running.Loop.Names.Repository]);
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_project_on_GitHub_is_built_by_its_webhook_and_keeps_its_ledger_at_CodeCommit()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => Regions.Quickly(yaml) + GitHub,
            data: Regions.BaseData(),
            onStack: true
        );
        var days = new Days(running);
        await RoundAsync(running, days, () => Regions.PassAsync(days, 1, "drifted"));
    }

    [ProgramFact("git", "bwrap")]
    public async Task Handwritten_digits_go_round_the_loop() =>
        await DigitsAsync(
            "digits",
            yaml =>
                yaml.Replace("coolDown: 1h", "coolDown: 0s", StringComparison.Ordinal)
                    .Replace("ounds: 100 ", "ounds: 30 ", StringComparison.Ordinal)
        );

    [TorchFact("git", "bwrap")]
    public async Task A_network_in_PyTorch_goes_round_the_loop() =>
        await DigitsAsync(
            "digits-torch",
            yaml => yaml + "\nretraining:\n  coolDown: 0s\n  minNewLabels: 100\n  minPaired: 10\n"
        );

    [ProgramFact("git", "bwrap")]
    public async Task A_first_deploy_that_was_rolled_back_leaves_nothing_in_the_way_of_the_next()
    {
        await using var running = await RunningLoop.StartAsync(onStack: true);
        (await running.AwsAsync("destroy")).Succeeded();
        await running.Loop.Clients.S3.DeleteBucketAsync(running.Loop.Names.Bucket);
        var stacks = running.Stack.Stacks;

        stacks.FailsAt = "RulePush";
        var failed = await running.AwsAsync("deploy", "--no-images");
        var buckets = (await running.Loop.Clients.S3.ListBucketsAsync()).Buckets ?? [];
        stacks.FailsAt = null;
        var again = await running.AwsAsync("deploy", "--no-images");

        failed.ExitCode.ShouldBe(1);
        failed.Error.ShouldContain("is ROLLBACK_COMPLETE: RulePush: a limit of the account is reached");
        buckets.ShouldBeEmpty("a bucket that a failed creation made is not kept");
        again.Succeeded().ShouldContain("Ready");
        stacks.ResourcesOf(LoopTemplate.NameOf("moons")).Keys.ShouldContain("RulePush");
    }

    /// <summary>From the first push to going back, by no other means than the CLI, traffic and the truth.</summary>
    private static async Task RoundAsync(RunningLoop running, Days days, Func<Task<MonitorReport>> driftAsync)
    {
        (await running.PlumbAsync("push")).Succeeded();
        await RegisteredAsync(running, 1);
        (await running.PlumbAsync("approve", "1", "--reason", "the first")).Succeeded();
        await days.DeployedAsync(1);

        var low = await driftAsync();
        low.Low.ShouldBeTrue(low.Explanation);
        await RegisteredAsync(running, 2);
        var better = await RecommendedAsync(running);
        (await running.PlumbAsync("approve", $"{better}", "--reason", "it knows the drift")).Succeeded();
        await days.DeployedAsync(2);
        await LiveIsAsync(running, better);

        (await running.PlumbAsync("reject", $"{better}", "--reason", "a customer complains")).Succeeded();
        await LiveIsAsync(running, 1);
        var said = await running.Loop.History.ReadAsync();
        said.Where(entry => entry.Act.What == "retrain")
            .Select(entry => (entry.Act.Subject, entry.Outcome!.Outcome))
            .ShouldBe([("push", "started"), ("alarm", "started")]);
    }

    private static async Task DigitsAsync(string sample, Func<string, string> describe)
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => describe(yaml).Replace("bake: 5s", "bake: 0s", StringComparison.Ordinal),
            sample,
            onStack: true
        );
        var askew = Digits.Load().Base.Take(400).Select(digit => digit.Rotated(30)).ToList();
        await RoundAsync(
            running,
            new Days(running),
            async () =>
            {
                var traffic = new Traffic(running.Loop.Clients, running.Loop.Names.Endpoint);
                await traffic.SendAsync(askew, index => $"digit-{index}", CancellationToken.None);
                await Days.SeenAsync(
                    () => new CapturedPredictions(running.Loop).CountAsync(),
                    count => count >= traffic.Captured
                );
                await MeasuredAsync(running);
                await new Reviewers(running.Loop, askew).ReviewAuditAsync(int.MaxValue, CancellationToken.None);
                return await MeasuredAsync(running);
            }
        );
    }

    private static async Task<MonitorReport> MeasuredAsync(RunningLoop running)
    {
        await running.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await running.PlumbAsync("monitor", "run")).Succeeded();
        return (await new MonitorRuns(running.Loop, TimeProvider.System).ReportsAsync(1))[0];
    }

    /// <summary>Waits until so many executions have ended, and all of them well.</summary>
    private static async Task RegisteredAsync(RunningLoop running, int count)
    {
        foreach (var execution in await running.EndedAsync(count))
        {
            var steps = await running.Loop.Clients.SageMaker.ListPipelineExecutionStepsAsync(
                new JsonObject { ["PipelineExecutionArn"] = execution["PipelineExecutionArn"]!.DeepClone() }
            );
            execution
                .Text("PipelineExecutionStatus")
                .ShouldBe(
                    "Succeeded",
                    string.Join('\n', steps.Objects("PipelineExecutionSteps").Select(step => step.Text("FailureReason")))
                );
        }
    }

    /// <summary>The version of the newest training that its comparison recommends.</summary>
    private static async Task<long> RecommendedAsync(RunningLoop running)
    {
        var registry = new ModelRegistry(running.Loop);
        var execution = (await running.ExecutionsAsync())[^1].Text("PipelineExecutionArn")!;
        var comparison = (await registry.ComparisonAsync(execution)).ShouldNotBeNull();
        return (await registry.ListAsync())
            .Last(model => model.GeneratedBy == execution && model.Role == comparison.Recommended)
            .Version;
    }

    private static Task LiveIsAsync(RunningLoop running, long version) =>
        Days.SeenAsync(
            () => new ProductionModel(running.Loop).FindAsync(),
            live => live?.PackageArn == running.Loop.Names.PackageArn(version)
        );
}
