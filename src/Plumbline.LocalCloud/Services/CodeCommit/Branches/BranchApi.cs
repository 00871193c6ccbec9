using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeCommit;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.CodeCommit.Repositories;

namespace Plumbline.LocalCloud.Services.CodeCommit.Branches;

internal sealed class BranchApi(RepositoryStore repositories)
{
    private const string NoObject = "0000000000000000000000000000000000000000";

    public async Task<JsonObject> CreateBranch(AwsCall call)
    {
        var request = new CreateBranchInput(call.Input);
        var (repository, commit) = (request.RepositoryName, request.CommitId);
        var branch = BranchName.Check(request.BranchName);
        var git = repositories.Open(repository);
        if (!Git.IsId(commit))
        {
            throw CodeCommitErrors.InvalidCommit(commit);
        }

        if (await TipAsync(git, branch) is not null)
        {
            throw CodeCommitErrors.BranchExists(branch);
        }

        if ((await git.TryAsync(["cat-file", "-e", $"{commit}^{{commit}}"])).ExitCode != 0)
        {
            throw CodeCommitErrors.NoCommit(commit);
        }

        // Git keeps references in folders: next to the branch a, a branch a/b cannot exist.
        if ((await git.TryAsync(["update-ref", $"refs/heads/{branch}", commit, NoObject])).ExitCode != 0)
        {
            throw CodeCommitErrors.InvalidBranch(branch);
        }

        await repositories.RecordReferencesAsync(repository, call.Caller.Arn);
        return [];
    }

    public async Task<JsonObject> GetBranch(AwsCall call)
    {
        var request = new GetBranchInput(call.Input);
        var (repository, branch) = Names(request.RepositoryName, request.BranchName);
        var tip = await TipAsync(repositories.Open(repository), branch) ?? throw CodeCommitErrors.NoBranch(branch);
        return new JsonObject { ["branch"] = Describe(branch, tip) };
    }

    public async Task<JsonObject> ListBranches(AwsCall call)
    {
        var git = repositories.Open(new ListBranchesInput(call.Input).RepositoryName);
        var names = await git.RunAsync("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads");
        var branches = names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => JsonValue.Create(name));
        return new JsonObject { ["branches"] = new JsonArray([.. branches]) };
    }

    public async Task<JsonObject> DeleteBranch(AwsCall call)
    {
        var request = new DeleteBranchInput(call.Input);
        var (repository, branch) = (request.RepositoryName, BranchName.Check(request.BranchName));
        var git = repositories.Open(repository);
        var tip = await TipAsync(git, branch);
        if (tip is null)
        {
            return [];
        }

        await git.RunAsync("update-ref", "-d", $"refs/heads/{branch}", tip);
        await repositories.RecordReferencesAsync(repository, call.Caller.Arn);
        return new JsonObject { ["deletedBranch"] = Describe(branch, tip) };
    }

    private static async Task<string?> TipAsync(Git git, string branch)
    {
        var result = await git.TryAsync(["rev-parse", "--verify", "--quiet", $"refs/heads/{branch}"]);
        return result.ExitCode == 0 ? result.Text : null;
    }

    private static JsonObject Describe(string branch, string tip) =>
        new() { ["branchName"] = branch, ["commitId"] = tip };

    private static (string Repository, string Branch) Names(string? repository, string? branch) =>
        (
            repository ?? throw CodeCommitErrors.Required("RepositoryName", "repositoryName"),
            BranchName.Check(branch ?? throw CodeCommitErrors.Required("BranchName", "branchName"))
        );
}
