using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeCommit;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeCommit.Repositories;

internal sealed class RepositoryApi(RepositoryStore store, CivilClock clock, ServerEndpoint endpoint)
{
    public async Task<JsonObject> CreateRepository(AwsCall call)
    {
        var request = new CreateRepositoryInput(call.Input);
        var name = request.RepositoryName;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var tree = new JsonObject
        {
            ["repositoryName"] = name,
            ["repositoryId"] = Guid.NewGuid().ToString(),
            ["repositoryDescription"] = request.RepositoryDescription,
            ["Arn"] = LocalArn.Of("codecommit", name),
            ["accountId"] = LocalCloudIdentity.Account,
            ["creationDate"] = now,
            ["lastModifiedDate"] = now,
        };
        if (store.Find(name) is not null)
        {
            throw CodeCommitErrors.RepositoryExists(name);
        }

        var repository = new RepositoryMetadata(tree);
        await store.AddAsync(repository);
        return new JsonObject { ["repositoryMetadata"] = await MetadataAsync(repository, call.Aborted) };
    }

    public async Task<JsonObject> GetRepository(AwsCall call) =>
        new()
        {
            ["repositoryMetadata"] = await MetadataAsync(
                store.Get(new GetRepositoryInput(call.Input).RepositoryName),
                call.Aborted
            ),
        };

    public async Task<JsonObject> BatchGetRepositories(AwsCall call)
    {
        var found = new JsonArray();
        var missing = new JsonArray();
        foreach (var name in new BatchGetRepositoriesInput(call.Input).RepositoryNames)
        {
            if (store.Find(name) is { } repository)
            {
                found.Add((JsonNode)await MetadataAsync(repository, call.Aborted));
            }
            else
            {
                missing.Add(name);
            }
        }

        return new JsonObject { ["repositories"] = found, ["repositoriesNotFound"] = missing };
    }

    public Task<JsonObject> ListRepositories(AwsCall call)
    {
        var repositories = store
            .List()
            .Select(repository =>
                (JsonNode)
                    new JsonObject
                    {
                        ["repositoryName"] = repository.RepositoryName,
                        ["repositoryId"] = repository.RepositoryId,
                    }
            );
        return Task.FromResult(new JsonObject { ["repositories"] = new JsonArray([.. repositories]) });
    }

    public async Task<JsonObject> DeleteRepository(AwsCall call)
    {
        var id = await store.RemoveAsync(new DeleteRepositoryInput(call.Input).RepositoryName);
        return id is null ? [] : new JsonObject { ["repositoryId"] = id };
    }

    public async Task<JsonObject> UpdateDefaultBranch(AwsCall call)
    {
        var request = new UpdateDefaultBranchInput(call.Input);
        var branch = BranchName.Check(request.DefaultBranchName);
        var git = store.Open(request.RepositoryName);
        if ((await git.TryAsync(["rev-parse", "--verify", "--quiet", $"refs/heads/{branch}"])).ExitCode != 0)
        {
            throw CodeCommitErrors.NoBranch(branch);
        }

        await git.RunAsync("symbolic-ref", "HEAD", $"refs/heads/{branch}");
        return [];
    }

    private async Task<JsonObject> MetadataAsync(RepositoryMetadata repository, CancellationToken cancellationToken)
    {
        var (name, metadata) = (repository.RepositoryName, repository.Tree);
        var head = await store.Open(name).RunAsync("symbolic-ref", "HEAD");
        if (store.HasReference(name, head))
        {
            metadata["defaultBranch"] = head["refs/heads/".Length..];
        }

        metadata["cloneUrlHttp"] = CloneUrl.UrlOf(await endpoint.WaitAsync(cancellationToken), name);
        return metadata;
    }
}
