using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Records;

namespace Plumbline.Loop.Data;

/// <summary>Uploads new base data as a commit, which is built, checked and trained from like any other.</summary>
public sealed class BaseDataUpload(LoopContext loop)
{
    /// <summary>CodeCommit's limit for a file in a commit, in bytes.</summary>
    public const long LargestFile = 6 * 1024 * 1024;

    /// <summary>Checks the data as the build will, then commits it.</summary>
    /// <param name="path">A CSV file on this machine, as <c>data.file</c> has it.</param>
    /// <param name="why">The commit's message.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    /// <returns>The commit's id.</returns>
    /// <exception cref="UserError">The data is invalid; the message names line and column.</exception>
    public async Task<string> CommitAsync(string path, string why, CancellationToken cancellationToken)
    {
        Check(path, await loop.Clock.NowAsync(cancellationToken));
        var branch = await loop.Clients.CodeCommit.GetBranchAsync(
            new JsonObject { ["repositoryName"] = loop.Names.Repository, ["branchName"] = LoopNames.DefaultBranch },
            cancellationToken
        );
        var act = await loop.History.BeginAsync(
            "upload",
            loop.Project.Data.File,
            why,
            cancellationToken: cancellationToken
        );
        var input = new JsonObject
        {
            ["repositoryName"] = loop.Names.Repository,
            ["branchName"] = LoopNames.DefaultBranch,
            ["parentCommitId"] = branch.Branch.CommitId,
            ["authorName"] = loop.Actor.Split(' ', '/')[^1],
            ["commitMessage"] = why,
            ["putFiles"] = new JsonArray(
                new JsonObject
                {
                    ["filePath"] = loop.Project.Data.File,
                    ["fileContent"] = Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancellationToken)),
                }
            ),
        };
        var made = await loop.History.DoAsync(
            act,
            async () => await loop.Clients.CodeCommit.CreateCommitAsync(input, CancellationToken.None),
            made => ("done", $"Commit {made.CommitId}; its build starts."),
            CancellationToken.None
        );
        return made.CommitId;
    }

    private void Check(string path, DateTimeOffset now)
    {
        if (loop.Project.Data.Sources.Count > 0)
        {
            throw new UserError(
                loop.Project.Data.File,
                "is not one file of the project: write new objects to S3, or push new files with git"
            );
        }

        if (!loop.Project.Data.File.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            throw new UserError(
                loop.Project.Data.File,
                "is a folder or a gzipped file, and an upload is one CSV: push new data with git"
            );
        }

        if (new FileInfo(path).Length > LargestFile)
        {
            throw new UserError(
                loop.Project.Data.File,
                $"is larger than {LargestFile / 1024 / 1024} MiB, the most that a commit through AWS's API takes: push it with git"
            );
        }

        DataCheck.Run(loop.Project, path, now);
    }
}
