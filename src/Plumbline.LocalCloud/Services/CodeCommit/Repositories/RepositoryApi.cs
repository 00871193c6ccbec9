using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeCommit.Repositories;

internal sealed class RepositoryApi(RepositoryStore store, CivilClock clock, ServerEndpoint endpoint)
{
    public async Task<JsonObject> CreateRepository(AwsCall call)
    {
        var name = (string)call.Input["repositoryName"]!;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var repository = new JsonObject
        {
            ["repositoryName"] = name,
            ["repositoryId"] = Guid.NewGuid().ToString(),
            ["repositoryDescription"] = call.Input["repositoryDescription"]?.DeepClone(),
            ["Arn"] = LocalArn.Of("codecommit", name),
            ["accountId"] = LocalCloudIdentity.Account,
            ["creationDate"] = now,
            ["lastModifiedDate"] = now,
            ["tags"] = call.Input["tags"]?.DeepClone() ?? new JsonObject(),
            ["references"] = new JsonObject(),
        };
        if (store.Find(name) is not null)
        {
            throw CodeCommitErrors.RepositoryExists(name);
        }

        await store.AddAsync(repository);
        return new JsonObject { ["repositoryMetadata"] = await MetadataAsync(repository, call.Aborted) };
    }

    public async Task<JsonObject> GetRepository(AwsCall call) =>
        new()
        {
            ["repositoryMetadata"] = await MetadataAsync(
                store.Get((string)call.Input["repositoryName"]!),
                call.Aborted
            ),
        };

    public async Task<JsonObject> BatchGetRepositories(AwsCall call)
    {
        var found = new JsonArray();
        var missing = new JsonArray();
        foreach (var name in call.Input["repositoryNames"]!.AsArray().Select(item => (string)item!))
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
                        ["repositoryName"] = (string)repository["repositoryName"]!,
                        ["repositoryId"] = (string)repository["repositoryId"]!,
                    }
            );
        return Task.FromResult(new JsonObject { ["repositories"] = new JsonArray([.. repositories]) });
    }

    public async Task<JsonObject> DeleteRepository(AwsCall call)
    {
        var id = await store.RemoveAsync((string)call.Input["repositoryName"]!);
        return id is null ? [] : new JsonObject { ["repositoryId"] = id };
    }

    public async Task<JsonObject> UpdateDefaultBranch(AwsCall call)
    {
        var name = (string)call.Input["repositoryName"]!;
        var branch = BranchName.Check((string)call.Input["defaultBranchName"]!);
        var git = store.Open(name);
        if ((await git.TryAsync(["rev-parse", "--verify", "--quiet", $"refs/heads/{branch}"])).ExitCode != 0)
        {
            throw CodeCommitErrors.NoBranch(branch);
        }

        await git.RunAsync("symbolic-ref", "HEAD", $"refs/heads/{branch}");
        return [];
    }

    private async Task<JsonObject> MetadataAsync(JsonObject repository, CancellationToken cancellationToken)
    {
        var metadata = repository.DeepClone().AsObject();
        metadata.Remove("tags");
        var references = metadata["references"]!.AsObject();
        metadata.Remove("references");
        var name = (string)repository["repositoryName"]!;
        var head = await store.Open(name).RunAsync("symbolic-ref", "HEAD");
        if (references.ContainsKey(head))
        {
            metadata["defaultBranch"] = head["refs/heads/".Length..];
        }

        metadata["cloneUrlHttp"] = CloneUrl.UrlOf(await endpoint.WaitAsync(cancellationToken), name);
        return metadata;
    }
}
