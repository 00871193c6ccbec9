using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// Deployments in a real local cloud, with a cut of the network at each call. The state after a cut depends only on the
/// calls that change something. A change whose answer is lost gives the same state as a cut at any later call before
/// the next change, so one cut per change is enough.
/// </summary>
[Trait(Nightly.Part, "cuts")]
public sealed class DeployerCutTests : IAsyncLifetime
{
    private RunningLoop running = null!;

    private LoopContext Loop => running.Loop;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        running = await RunningLoop.StartAsync(yaml => yaml + "\nendpoint: {bake: 0}\n");
        await running.RegisterWithoutDeploymentsAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await running.DisposeAsync();

    [NightlyFact("git", "bwrap")]
    public async Task A_first_deployment_that_is_cut_off_at_any_call_ends_the_same_the_next_time()
    {
        const string Whole = "InService with version 1; 1 models; 1 configurations; ledger: deployed; acts: deployed";
        var whole = new CutConnection(int.MaxValue, answerIsLost: false, Changes);
        (await AnewAsync(whole)).ShouldBe(Whole);
        whole.Made.ShouldBe(7, "an act, a model, a configuration, an endpoint, a branch, a commit, an outcome");
        for (var changes = 0; changes < whole.Made; changes++)
        {
            var cut = new CutConnection(changes, answerIsLost: true, Changes);
            (await AnewAsync(cut)).ShouldBe(Whole, $"the answer after {changes} changes was lost");
            cut.IsCut.ShouldBeTrue();
        }

        async Task<string> AnewAsync(CutConnection cut)
        {
            await RemoveAsync();
            return await DecideAsync(1, "Approved", cut);
        }
    }

    [NightlyFact("git", "bwrap")]
    public async Task An_update_and_a_return_that_are_cut_off_at_any_call_of_theirs_end_the_same_the_next_time()
    {
        const string End = "models; 2 configurations; ledger: deployed; acts: deployed";
        await running.RegisterAgainAsync();
        var none = new CutConnection(int.MaxValue, answerIsLost: false, Changes);
        await DecideAsync(1, "Approved", none);
        (await DecideAsync(2, "Approved", none)).ShouldBe($"InService with version 2; 2 {End}");
        var back = new CutConnection(int.MaxValue, answerIsLost: false, Changes);
        (await DecideAsync(2, "Rejected", back)).ShouldBe($"InService with version 1; 2 {End}");
        back.Made.ShouldBe(4, "an act, an endpoint, a commit, an outcome");
        for (var changes = 0; changes < back.Made; changes++)
        {
            // The way there has two more changes before that of the endpoint: it makes the model and the configuration,
            // which exist on the way back.
            await ThereAndBackAsync(changes == 0 ? 0 : changes + 2, changes);
        }

        // One more cut comes after it, when its alarms are deleted.
        await ThereAndBackAsync(back.Made + 2, back.Made - 1);

        async Task ThereAndBackAsync(int changesThere, int changesBack)
        {
            var there = new CutConnection(changesThere, answerIsLost: true, Changes);
            (await DecideAsync(2, "Approved", there)).ShouldBe($"InService with version 2; 2 {End}", $"{changesThere}");
            var cut = new CutConnection(changesBack, answerIsLost: true, Changes);
            (await DecideAsync(2, "Rejected", cut)).ShouldBe($"InService with version 1; 2 {End}", $"{changesBack}");
            (there.IsCut && cut.IsCut).ShouldBeTrue();
            var alarms = await Loop.Clients.CloudWatch.DescribeAlarmsAsync(new JsonObject());
            alarms
                .MetricAlarms.Select(alarm => alarm.AlarmName)
                .ShouldBe([Loop.Names.AccuracyAlarm, Loop.Names.ErrorsAlarm, Loop.Names.NoFigureAlarm]);
        }
    }

    /// <summary>
    /// Decides on a version and carries the decision out over a connection; repeats it if the connection was cut.
    /// </summary>
    /// <returns>The final state, and the acts and ledger entries since.</returns>
    private async Task<string> DecideAsync(int version, string status, CutConnection cut)
    {
        var acts = (await Loop.History.ReadAsync()).Count;
        var entries = (await new Ledger(Loop).ReadAsync()).Count;
        await Loop.Clients.SageMaker.UpdateModelPackageAsync(
            new JsonObject
            {
                ["ModelPackageArn"] = Loop.Names.PackageArn(version),
                ["ModelApprovalStatus"] = status,
                ["ApprovalDescription"] = $"after {acts} acts",
            }
        );
        try
        {
            var own = Loop.Clients.Connection;
            using var connection = new AwsConnection(own.Region, own.Credentials, own.Endpoint, cut);
            using var clients = new LoopClients(connection);
            await CarryOutAsync(version, await LoopContext.CreateAsync(Loop.Project, clients));
        }
        catch (Exception) when (cut.IsCut)
        {
            // The next run has a network, and must handle the state of the cut run.
            (await CarryOutAsync(version, Loop)).Succeeded.ShouldBeTrue();
        }

        var production = await new ProductionModel(Loop).FindAsync();
        var models = await Loop.Clients.SageMaker.ListModelsAsync();
        var configs = await Loop.Clients.SageMaker.ListEndpointConfigsAsync();
        var ledger = (await new Ledger(Loop).ReadAsync()).Skip(entries).Select(entry => entry.Outcome);
        var history = (await Loop.History.ReadAsync()).Skip(acts).Select(entry => entry.Outcome?.Outcome ?? "open");
        return $"{production?.Status} with version {production?.PackageArn?.Split('/')[^1]}; "
            + $"{models.Objects("Models").Count()} models; {configs.Objects("EndpointConfigs").Count()} configurations; "
            + $"ledger: {string.Join('+', ledger)}; acts: {string.Join('+', history)}";
    }

    private static Task<DeploymentResult> CarryOutAsync(int version, LoopContext loop) =>
        new Deployer(loop, TimeProvider.System).ReconcileAsync(loop.Names.PackageArn(version), CancellationToken.None);

    /// <summary>Removes everything that a deployment makes.</summary>
    private async Task RemoveAsync()
    {
        await RunningLoop.TakeDownAsync(Loop);
        var sageMaker = Loop.Clients.SageMaker;
        foreach (var config in (await sageMaker.ListEndpointConfigsAsync()).Objects("EndpointConfigs"))
        {
            var name = config["EndpointConfigName"]!.DeepClone();
            await sageMaker.DeleteEndpointConfigAsync(new JsonObject { ["EndpointConfigName"] = name });
        }

        foreach (var model in (await sageMaker.ListModelsAsync()).Objects("Models"))
        {
            await sageMaker.DeleteModelAsync(new JsonObject { ["ModelName"] = model["ModelName"]!.DeepClone() });
        }

        await Loop.Clients.CodeCommit.DeleteBranchAsync(
            new JsonObject { ["repositoryName"] = Loop.Names.Repository, ["branchName"] = LoopNames.LedgerBranch }
        );
    }

    /// <summary>
    /// True for a call that changes something. Reading S3's time writes an object too, but that does not count.
    /// </summary>
    private static bool Changes(HttpRequestMessage request)
    {
        if (request.Headers.TryGetValues("X-Amz-Target", out var target))
        {
            var operation = target.Single().Split('.')[^1];
            return operation.StartsWith("Create", StringComparison.Ordinal)
                || operation.StartsWith("Update", StringComparison.Ordinal)
                || operation.StartsWith("Delete", StringComparison.Ordinal);
        }

        return request.Method == HttpMethod.Put
            && request.RequestUri!.AbsolutePath.Contains("/history/", StringComparison.Ordinal);
    }
}
