using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Loop.Approval;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The last of several decisions counts, wherever it was made and in whatever order the builds run.</summary>
public sealed class DecisionOrderTests(LiveLoop live) : IClassFixture<LiveLoop>, IAsyncLifetime
{
    private RunningLoop Running => live.Running;

    private LoopContext Loop => Running.Loop;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await Loop.Clients.Events.EnableRuleAsync(PackageRule());
        await live.ApproveAsync(1);
        await Loop.Clients.Events.DisableRuleAsync(PackageRule());
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    [ProgramFact("git", "bwrap")]
    public async Task An_approval_that_arrives_late_does_not_replace_what_was_chosen_after_it()
    {
        var (older, newer) = await TwoApprovedAsync();

        (await ReconcileAsync(newer)).Outcome.ShouldBe("deployed");
        var late = await ReconcileAsync(older);

        late.Detail.ShouldBe(
            $"Version {older} is not deployed: version {newer} was chosen later and is in production."
        );
        (await live.VersionAsync()).ShouldBe(newer);
    }

    [ProgramFact("git", "bwrap")]
    public async Task An_approval_whose_deployment_waited_does_not_replace_what_was_chosen_after_it()
    {
        var (older, newer) = await TwoApprovedAsync();

        var waited = await ReconcileAsync(
            older,
            async () => (await ReconcileAsync(newer)).Outcome.ShouldBe("deployed")
        );

        waited.ShouldBe(
            new DeploymentResult(
                "nothing",
                $"Version {older} is not deployed: version {newer} was chosen later and is in production."
            )
        );
        (await live.VersionAsync()).ShouldBe(newer);
        (await new Ledger(Loop).ReadAsync()).ShouldNotContain(entry => entry.Version == older);
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_version_that_is_rejected_while_its_deployment_waits_is_not_deployed()
    {
        var version = await Running.RegisterAgainAsync();
        await DecideAsync("approve", version);

        var waited = await ReconcileAsync(version, () => DecideAsync("reject", version));

        waited.Detail.ShouldBe($"Version {version} is not deployed: version {version} is Rejected now.");
        (await live.VersionAsync()).ShouldBe(1);
    }

    [ProgramFact("git", "bwrap")]
    public async Task Decisions_in_Studio_are_carried_out_also_where_plumb_decided_before()
    {
        var one = await Running.RegisterAgainAsync();
        var other = await Running.RegisterAgainAsync();
        await DecideAsync("reject", one);
        await DecideAsync("approve", other);
        (await ReconcileAsync(other)).Outcome.ShouldBe("deployed");

        // The metadata still has the rejection, which is older than the other version's approval.
        (await InStudioAsync(one, "Approved")).Outcome.ShouldBe("deployed");
        (await InStudioAsync(one, "Rejected")).Outcome.ShouldBe("deployed");
        (await live.VersionAsync()).ShouldBe(other);
        // The same reason gives the same id as the earlier approval.
        (await InStudioAsync(one, "Approved")).Outcome.ShouldBe("deployed");
        (await ReconcileAsync(one)).Outcome.ShouldBe("nothing");
        (await live.VersionAsync()).ShouldBe(one);
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_decision_in_Studio_is_later_than_an_approval_of_plumb_that_arrives_after_it()
    {
        var late = await Running.RegisterAgainAsync();
        var chosen = await Running.RegisterAgainAsync();
        await DecideAsync("approve", late);
        (await InStudioAsync(chosen, "Approved")).Outcome.ShouldBe("deployed");

        (await ReconcileAsync(late)).Detail.ShouldBe(
            $"Version {late} is not deployed: version {chosen} was chosen later and is in production."
        );
    }

    private async Task<(long Older, long Newer)> TwoApprovedAsync()
    {
        var (older, newer) = (await Running.RegisterAgainAsync(), await Running.RegisterAgainAsync());
        await DecideAsync("approve", older);
        await DecideAsync("approve", newer);
        return (older, newer);
    }

    private Task DecideAsync(string what, long version)
    {
        var approvals = new Approvals(Loop);
        return what == "approve" ? approvals.ApproveAsync(version, "said") : approvals.RejectAsync(version, "said");
    }

    /// <summary>Changes only the status, like a person in SageMaker Studio, and carries it out.</summary>
    private async Task<DeploymentResult> InStudioAsync(long version, string status)
    {
        // Acts have times in whole seconds.
        await Running.AdvanceAsync(TimeSpan.FromSeconds(2));
        await Loop.Clients.SageMaker.UpdateModelPackageAsync(
            new JsonObject
            {
                ["ModelPackageArn"] = Loop.Names.PackageArn(version),
                ["ModelApprovalStatus"] = status,
                ["ApprovalDescription"] = "in Studio",
            }
        );
        return await ReconcileAsync(version);
    }

    /// <param name="version">The version.</param>
    /// <param name="meanwhile">Runs after the deployment has begun, before it reads the endpoint again.</param>
    private async Task<DeploymentResult> ReconcileAsync(long version, Func<Task>? meanwhile = null)
    {
        var own = Loop.Clients.Connection;
        using var connection = new AwsConnection(own.Region, own.Credentials, own.Endpoint, new AtFirstAct(meanwhile));
        using var clients = new LoopClients(connection);
        var loop = await LoopContext.CreateAsync(Loop.Project, clients);
        return await new Deployer(loop, TimeProvider.System).ReconcileAsync(Loop.Names.PackageArn(version), default);
    }

    private JsonObject PackageRule() => new() { ["Name"] = Loop.Names.PackageRule };

    private sealed class AtFirstAct(Func<Task>? meanwhile) : DelegatingHandler
    {
        private Func<Task>? next = meanwhile;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (
                request.Method == HttpMethod.Put
                && request.RequestUri!.AbsolutePath.Contains("/history/", StringComparison.Ordinal)
                && Interlocked.Exchange(ref next, null) is { } doAsync
            )
            {
                await doAsync();
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
