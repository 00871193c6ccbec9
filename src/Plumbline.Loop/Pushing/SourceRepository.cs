using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;

namespace Plumbline.Loop.Pushing;

/// <summary>Reads the project's repository through CodeCommit's API: a branch's newest commit, and its files.</summary>
internal sealed class SourceRepository(LoopContext loop)
{
    /// <summary>The newest commit of a branch; null if the branch does not exist.</summary>
    public async Task<string?> TipAsync(string branch, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await loop.Clients.CodeCommit.GetBranchAsync(
                new JsonObject { ["repositoryName"] = loop.Names.Repository, ["branchName"] = branch },
                cancellationToken
            );
            return answer.Branch.CommitId;
        }
        catch (AwsException missing)
            when (missing.Code is "BranchDoesNotExistException" or "RepositoryDoesNotExistException")
        {
            return null;
        }
    }

    /// <summary>The text of a file in a commit; null if the commit does not have it.</summary>
    public async Task<string?> TextAsync(string commit, string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = await loop.Clients.CodeCommit.GetFileAsync(
                new JsonObject
                {
                    ["repositoryName"] = loop.Names.Repository,
                    ["commitSpecifier"] = commit,
                    ["filePath"] = path,
                },
                cancellationToken
            );
            return Encoding.UTF8.GetString(file.FileContent.Span);
        }
        catch (AwsException missing) when (missing.Code == "FileDoesNotExistException")
        {
            return null;
        }
    }
}
