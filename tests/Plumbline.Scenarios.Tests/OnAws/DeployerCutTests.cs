using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Protocols;
using Plumbline.Loop;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Project;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// The deployment of a version in a real local cloud, whose network goes at each call. What a cut leaves behind is told by
/// the calls that change something: cuts at the reads between two of them leave the same, and count once.
/// </summary>
[Collection("processes")]
public sealed class DeployerCutTests : IAsyncLifetime
{
    private RunningLoop running = null!;

    private LoopContext Loop => running.Loop;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        await running.EndedAsync(1);
        // Deployments are asked for here, none starts by itself.
        await Loop.Clients.Events.DisableRuleAsync(new JsonObject { ["Name"] = Loop.Names.PackageRule });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await running.DisposeAsync();

    [ProgramFact("git", "bwrap")]
    public async Task A_deployment_that_is_cut_off_at_any_call_ends_the_same_the_next_time()
    {
        var whole = new CutConnection(int.MaxValue, answerIsLost: false, Changes);
        (await EndAsync(whole)).ShouldBe(Whole);
        whole.Made.ShouldBe(7, "an act, a model, a configuration, an endpoint, a branch, a commit, an outcome");
        for (var changes = 0; changes < whole.Made; changes++)
        {
            foreach (var answerIsLost in new[] { false, true })
            {
                var cut = new CutConnection(changes, answerIsLost, Changes);
                (await EndAsync(cut)).ShouldBe(Whole, $"cut after {changes} changes, answer lost: {answerIsLost}");
                cut.IsCut.ShouldBeTrue();
            }
        }
    }

    private const string Whole = "InService, 1 models, 1 configurations, ledger: deployed, acts: deployed";

    /// <summary>Deploys anew over a connection, once more where that was cut, and says what is there in the end.</summary>
    private async Task<string> EndAsync(CutConnection cut)
    {
        var acts = (await Loop.History.ReadAsync()).Count;
        await RemoveAsync();
        await Loop.Clients.SageMaker.UpdateModelPackageAsync(
            new JsonObject
            {
                ["ModelPackageArn"] = Loop.Names.PackageArn(1),
                ["ModelApprovalStatus"] = "Approved",
                ["ApprovalDescription"] = $"after {acts} acts",
            }
        );

        try
        {
            var own = Loop.Clients.Connection;
            using var connection = new AwsConnection(own.Region, own.Credentials, own.Endpoint, cut);
            using var clients = new LoopClients(connection);
            await DeployAsync(await LoopContext.CreateAsync(Loop.Project, clients));
        }
        catch (Exception) when (cut.IsCut)
        {
            // The next run has a network, and finds what this one left.
            (await DeployAsync(Loop)).Succeeded.ShouldBeTrue();
        }

        var production = await new ProductionModel(Loop).FindAsync();
        var models = await Loop.Clients.SageMaker.ListModelsAsync();
        var configs = await Loop.Clients.SageMaker.ListEndpointConfigsAsync();
        var ledger = (await new Ledger(Loop).ReadAsync()).Select(entry => entry.Outcome);
        var history = (await Loop.History.ReadAsync()).Skip(acts).Select(entry => entry.Outcome?.Outcome ?? "open");
        return $"{production?.Status}, {models.Objects("Models").Count()} models, "
            + $"{configs.Objects("EndpointConfigs").Count()} configurations, ledger: {string.Join('+', ledger)}, "
            + $"acts: {string.Join('+', history)}";
    }

    private Task<DeploymentResult> DeployAsync(LoopContext loop) =>
        new Deployer(loop, TimeProvider.System).ReconcileAsync(loop.Names.PackageArn(1), CancellationToken.None);

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

    /// <summary>Whether a call changes something. Asking S3 for the time writes an object that says nothing.</summary>
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
