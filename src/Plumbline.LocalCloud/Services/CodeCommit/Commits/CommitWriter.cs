using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeCommit;
using Plumbline.LocalCloud.Services.CodeCommit.Repositories;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeCommit.Commits;

/// <summary>Makes a commit from CreateCommit's files, without a work tree, and moves the branch to it.</summary>
internal sealed class CommitWriter(CivilClock clock)
{
    private const int LongestPath = 4096;
    private const string NoObject = "0000000000000000000000000000000000000000";

    /// <summary>Writes the commit; the branch moves only if it is still where the caller saw it.</summary>
    public async Task<JsonObject> WriteAsync(Git git, CreateCommitInput request)
    {
        var branch = BranchName.Check(request.BranchName);
        var parent = await ParentAsync(git, branch, request.ParentCommitId);
        var index = Path.Combine(Path.GetTempPath(), $"plumbline-index-{Guid.NewGuid():N}");
        try
        {
            var environment = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = index };
            if (parent is not null)
            {
                await RunAsync(git, environment, default, "read-tree", parent);
            }

            var (added, updated) = await PutAsync(git, environment, parent, request.PutFiles);
            var deleted = await DeleteAsync(git, environment, request.DeleteFiles);
            var tree = await RunAsync(git, environment, default, "write-tree");
            if (parent is not null && tree == await git.RunAsync("rev-parse", $"{parent}^{{tree}}"))
            {
                throw CodeCommitErrors.NoChange();
            }

            var commit = await CommitAsync(git, request, tree, parent);
            var moved = await git.TryAsync(["update-ref", $"refs/heads/{branch}", commit, parent ?? NoObject]);
            return moved.ExitCode == 0
                ? new JsonObject
                {
                    ["commitId"] = commit,
                    ["treeId"] = tree,
                    ["filesAdded"] = added,
                    ["filesUpdated"] = updated,
                    ["filesDeleted"] = deleted,
                }
                : throw CodeCommitErrors.ParentOutdated(branch);
        }
        finally
        {
            File.Delete(index);
        }
    }

    private static async Task<string?> ParentAsync(Git git, string branch, string? claimed)
    {
        var tip = await git.TryAsync(["rev-parse", "--verify", "--quiet", $"refs/heads/{branch}"]);
        if (tip.ExitCode == 0)
        {
            return claimed is null ? throw CodeCommitErrors.ParentRequired(branch)
                : claimed == tip.Text ? tip.Text
                : throw CodeCommitErrors.ParentOutdated(branch);
        }

        // Only the first commit of a repository may create a branch.
        var isEmpty = (await git.RunAsync("for-each-ref", "--count=1")).Length == 0;
        return isEmpty && claimed is null ? null : throw CodeCommitErrors.NoBranch(branch);
    }

    private static async Task<(JsonArray Added, JsonArray Updated)> PutAsync(
        Git git,
        Dictionary<string, string> environment,
        string? parent,
        IEnumerable<PutFileEntry> files
    )
    {
        var added = new JsonArray();
        var updated = new JsonArray();
        foreach (var file in files)
        {
            var path = ValidPath(file.FilePath);
            var mode = file.FileMode == FileModeTypeEnum.Executable ? "100755" : "100644";
            var blob = await RunAsync(git, environment, file.FileContent, "hash-object", "-w", "--stdin");
            await TakeAsync(git, environment, path, "--add", "--cacheinfo", $"{mode},{blob},{path}");
            var existed =
                parent is not null && (await git.TryAsync(["cat-file", "-e", $"{parent}:{path}"])).ExitCode == 0;
            (existed ? updated : added).Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["absolutePath"] = path,
                        ["blobId"] = blob,
                        ["fileMode"] = file.FileMode ?? FileModeTypeEnum.Normal,
                    }
            );
        }

        return (added, updated);
    }

    private static async Task<JsonArray> DeleteAsync(
        Git git,
        Dictionary<string, string> environment,
        IEnumerable<DeleteFileEntry> files
    )
    {
        var deleted = new JsonArray();
        foreach (var path in files.Select(file => ValidPath(file.FilePath)))
        {
            if ((await RunAsync(git, environment, default, "--literal-pathspecs", "ls-files", "--", path)).Length == 0)
            {
                throw CodeCommitErrors.NoFile(path);
            }

            await TakeAsync(git, environment, path, "--force-remove", "--", path);
            deleted.Add((JsonNode)new JsonObject { ["absolutePath"] = path });
        }

        return deleted;
    }

    /// <summary>Changes the index; if git refuses, the path is wrong, such as a/b next to a file a.</summary>
    private static async Task TakeAsync(
        Git git,
        Dictionary<string, string> environment,
        string path,
        params string[] change
    )
    {
        if ((await git.TryAsync(["update-index", .. change], default, environment)).ExitCode != 0)
        {
            throw CodeCommitErrors.InvalidPath(path);
        }
    }

    private static string ValidPath(string path) =>
        path.Length is > 0 and <= LongestPath
        && Git.CanTake(path)
        && path.Split('/')
            .All(part => part is not ("" or "." or "..") && !part.Equals(".git", StringComparison.OrdinalIgnoreCase))
            ? path
            : throw CodeCommitErrors.InvalidPath(path);

    private static async Task<string> RunAsync(
        Git git,
        Dictionary<string, string> environment,
        ReadOnlyMemory<byte> input,
        params string[] arguments
    )
    {
        var result = await git.TryAsync(arguments, input, environment);
        return result.ExitCode == 0 ? result.Text : throw new IOException($"git {arguments[0]}: {result.Error}");
    }

    private async Task<string> CommitAsync(Git git, CreateCommitInput request, string tree, string? parent)
    {
        var name = Person(request.AuthorName, "authorName");
        var email = Person(request.Email, "email");
        var date = $"{clock.GetUtcNow().ToUnixTimeSeconds()} +0000";
        var person = new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = name,
            ["GIT_AUTHOR_EMAIL"] = email,
            ["GIT_AUTHOR_DATE"] = date,
            ["GIT_COMMITTER_NAME"] = name,
            ["GIT_COMMITTER_EMAIL"] = email,
            ["GIT_COMMITTER_DATE"] = date,
        };
        string[] parents = parent is null ? [] : ["-p", parent];
        var text = request.CommitMessage ?? "";
        var message = !text.Contains((char)0, StringComparison.Ordinal)
            ? System.Text.Encoding.UTF8.GetBytes(text)
            : throw CodeCommitErrors.Unwritable("commitMessage");
        return await RunAsync(git, person, message, ["commit-tree", tree, .. parents]);
    }

    /// <summary>Git refuses a commit without a name and an address, and drops punctuation around them.</summary>
    private static string Person(string? text, string member)
    {
        text ??= "";
        return text.Length > LongestPath || !Git.CanTake(text) ? throw CodeCommitErrors.Unwritable(member)
            : text.Any(char.IsLetterOrDigit) ? text
            : "unknown";
    }
}
