using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Cli.Demo;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Stack;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// The whole loop with exactly the stack's resources, and then with the build's commands. A local cloud has only the
/// resources of the synthesized template, and each actor has only the permissions of its role in it. <see
/// cref="RepeatedDriftTests"/>, with <c>approval: recommended</c>, and <see cref="TorchTests"/> do the same.
/// </summary>
[Trait(Nightly.Part, "strict")]
public sealed class StrictTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

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
        var round = RoundOf(running);
        var days = new Days(running);
        await round.GoAsync(() => Regions.PassAsync(days, 1, "drifted"));

        (await running.AwsAsync("destroy", "--yes")).Succeeded().ShouldContain("Deleted");
        await Days.SeenAsync(() => new ProductionModel(running.Loop).FindAsync(), gone => gone is null);
        (await running.Loop.Clients.Iam.ListRolesAsync([])).ToJsonString().ShouldNotContain("moons");

        (await running.AwsAsync("deploy", "--no-images")).Succeeded().ShouldContain("Ready");
        (await running.PlumbAsync("rollback", "--reason", "the stack was made again")).Succeeded();
        await round.LiveIsAsync(1);
    }

    [NightlyFact("git", "bwrap")]
    public async Task A_project_on_GitHub_is_built_by_its_webhook_and_keeps_its_ledger_at_CodeCommit()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => Regions.Quickly(yaml) + GitHub,
            data: Regions.BaseData(),
            onStack: true
        );
        var days = new Days(running);
        await RoundOf(running).GoAsync(() => Regions.PassAsync(days, 1, "drifted"));
    }

    [NightlyFact("git", "bwrap")]
    public async Task Handwritten_digits_go_round_the_loop() =>
        await DigitsAsync(
            "digits",
            yaml =>
                yaml.Replace("coolDown: 1h", "coolDown: 0s", StringComparison.Ordinal)
                    .Replace("ounds: 100 ", "ounds: 30 ", StringComparison.Ordinal)
        );

    [NightlyFact("git", "bwrap")]
    public async Task A_network_in_PyTorch_goes_round_the_loop() =>
        await DigitsAsync("digits-torch", yaml => yaml + "\nretraining:\n  coolDown: 0s\n  minNewLabels: 100\n");

    [NightlyFact("git", "bwrap")]
    public async Task A_first_deploy_that_was_rolled_back_leaves_nothing_in_the_way_of_the_next()
    {
        await using var running = await RunningLoop.StartAsync(onStack: true);
        (await running.AwsAsync("destroy", "--yes")).Succeeded();
        await running.Loop.Clients.S3.DeleteBucketAsync(running.Loop.Names.Bucket);
        var stacks = running.Stack.Stacks;

        stacks.FailsAt = "RulePush";
        var failed = await running.AwsAsync("deploy", "--no-images");
        var buckets = (await running.Loop.Clients.S3.ListBucketsAsync()).Buckets ?? [];
        stacks.FailsAt = null;
        var again = await running.AwsAsync("deploy", "--no-images");

        failed.ExitCode.ShouldBe(2);
        failed.Error.ShouldContain("is ROLLBACK_COMPLETE: RulePush: a limit of the account is reached");
        buckets.ShouldBeEmpty("a bucket that a failed creation made is not kept");
        again.Succeeded().ShouldContain("Ready");
        stacks.ResourcesOf(LoopTemplate.NameOf("moons")).Keys.ShouldContain("RulePush");
    }

    [ProgramFact("git", "bwrap")]
    public async Task Rentals_are_trained_and_deployed_and_answer_with_a_number() =>
        (
            await DeployedAnswerAsync(
                Rentals.Sample,
                "2012-07-03T17:00:00,summer,no,Tuesday,yes,clear,31.48,34.00,,17.0"u8.ToArray(),
                "text/csv"
            )
        )["score"]!
            .GetValue<double>()
            .ShouldBeGreaterThan(100);

    [NightlyFact("git", "bwrap")]
    public async Task Photos_of_hands_are_trained_in_PyTorch_and_answered_by_ONNX_Runtime()
    {
        var (path, photo) = Samples.Archive("signs", "later.tar.gz").First(file => file.Path.StartsWith("clean/0/"));
        var answer = await DeployedAnswerAsync("signs", photo, "image/jpeg");

        answer["probabilities"]!.AsArray().Count.ShouldBe(10, path);
        answer["label"]!.ToString().ShouldBe("0");
    }

    [NightlyFact("git", "bwrap")]
    public async Task Messages_are_filtered_by_a_program_with_MLNET_that_the_build_compiled() =>
        (
            await DeployedAnswerAsync(
                Messages.Sample,
                "WINNER!! You have won a £1000 cash prize. Call 09061701461 now to claim. Valid 12 hours only."u8.ToArray(),
                "text/plain"
            )
        )["label"]!
            .GetValue<string>()
            .ShouldBe(Message.Spam);

    /// <summary>Trains and deploys a sample on its stack, and returns the endpoint's prediction for one example.</summary>
    private static async Task<JsonNode> DeployedAnswerAsync(string sample, byte[] body, string type)
    {
        await using var running = await RunningLoop.StartAsync(
            yaml =>
                yaml.Replace("bake: 5s", "bake: 0s", StringComparison.Ordinal)
                    .Replace("approval: recommended", "approval: manual", StringComparison.Ordinal),
            sample,
            onStack: true
        );
        await running.GoIntoProductionAsync();
        var answer = await running.Loop.Clients.Runtime.InvokeEndpointAsync(
            new InferenceRequest(running.Loop.Names.Endpoint, body, type) { Accept = "application/json" }
        );
        return JsonNode.Parse(answer.Body.Span)!["predictions"]![0]!;
    }

    private static LoopRound RoundOf(RunningLoop running) =>
        new(running.Loop, arguments => running.PlumbAsync(arguments), Patience);

    private static async Task DigitsAsync(string sample, Func<string, string> describe)
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => describe(yaml).Replace("bake: 5s", "bake: 0s", StringComparison.Ordinal),
            sample,
            onStack: true
        );
        var round = RoundOf(running);
        var askew = Digits.Load().Base.Take(400).Select(digit => digit.Rotated(30).Example).ToList();
        await round.GoAsync(async () =>
        {
            var traffic = new Traffic(running.Loop);
            await traffic.SendAsync(askew, index => $"digit-{index}", CancellationToken.None);
            await Days.SeenAsync(
                () => new CapturedPredictions(running.Loop).CountAsync(),
                count => count >= traffic.Captured
            );
            await MeasureAsync();
            await new Reviewers(running.Loop, askew).ReviewAuditAsync(int.MaxValue, CancellationToken.None);
            return await MeasureAsync();
        });

        async Task<MonitorReport> MeasureAsync()
        {
            await running.AdvanceAsync(TimeSpan.FromMinutes(10));
            return await round.MeasureAsync();
        }
    }
}
