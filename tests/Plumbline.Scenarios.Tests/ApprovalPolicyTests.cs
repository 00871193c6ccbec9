using Plumbline.Loop.Approval;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Registry;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

public sealed class ApprovalPolicyTests
{
    [ProgramFact("git", "bwrap")]
    public async Task With_the_policy_the_recommended_version_is_approved_and_deployed_in_the_name_of_the_commit()
    {
        await using var running = await RunningLoop.StartAsync(yaml => yaml + "\napproval: recommended\n");

        (await running.PlumbAsync("push")).Succeeded();

        var entries = await Eventually.Async(
            async () => await new Ledger(running.Loop).ReadAsync(),
            entries => entries.Count == 1,
            TimeSpan.FromMinutes(3)
        );
        entries.Single().Deployed.ShouldBeTrue(entries.Single().Detail);
        var version = (await new ModelRegistry(running.Loop).ListAsync()).Single();
        version.Status.ShouldBe("Approved");
        var approval = (await running.Loop.History.ReadAsync()).Single(entry => entry.Act.What == "approve");
        approval.Act.Who.ShouldBe($"policy@{version.Commit}");
        approval.Act.Evidence.ShouldNotBeNull();
        approval.Outcome!.Outcome.ShouldBe("done");

        // The same event again.
        var again = await new RecommendedApproval(running.Loop).DecideAsync(
            version.GeneratedBy!,
            version.Commit,
            CancellationToken.None
        );
        again.ShouldStartWith("Version 1 is Approved already");
        (await running.Loop.History.ReadAsync()).Count(entry => entry.Act.What == "approve").ShouldBe(1);
    }
}
