using System.Text.Json.Nodes;
using Plumbline.Loop.Deployment;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Deployment;

/// <summary>The deployment record in a repository.</summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private readonly CaptureCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [ProgramFact("git")]
    public async Task It_begins_in_the_empty_repository_of_a_project_whose_sources_are_on_GitHub()
    {
        await cloud.Loop.Clients.CodeCommit.CreateRepositoryAsync(
            new JsonObject { ["repositoryName"] = cloud.Loop.Names.Repository }
        );
        var ledger = new Ledger(cloud.Loop);
        (await ledger.ReadAsync()).ShouldBeEmpty();

        // At the same time, like two approvals: both see an empty repository.
        await Task.WhenAll(ledger.AddAsync(Deployed(1)), ledger.AddAsync(Deployed(2)));
        await ledger.AddAsync(Deployed(3));

        (await ledger.ReadAsync()).Select(entry => entry.Version).Order().ShouldBe([1, 2, 3]);
    }

    private static LedgerEntry Deployed(long version) =>
        new(
            $"approval {version}",
            $"arn:aws:sagemaker:us-east-1:000000000000:model-package/pets/{version}",
            version,
            $"pets-v{version}",
            "deployed",
            null,
            CaptureCloud.Noon,
            "It is the best.",
            "data set 1",
            "commit 1"
        );
}
