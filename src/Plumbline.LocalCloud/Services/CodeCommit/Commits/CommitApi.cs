using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeCommit;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.CodeCommit.Repositories;

namespace Plumbline.LocalCloud.Services.CodeCommit.Commits;

internal sealed class CommitApi(RepositoryStore repositories, CommitWriter writer)
{
    public async Task<JsonObject> CreateCommit(AwsCall call)
    {
        var request = new CreateCommitInput(call.Input);
        var answer = await writer.WriteAsync(repositories.Open(request.RepositoryName), request);
        await repositories.RecordReferencesAsync(request.RepositoryName, call.Caller.Arn);
        return answer;
    }

    public async Task<JsonObject> GetCommit(AwsCall call)
    {
        var request = new GetCommitInput(call.Input);
        var (git, id) = (repositories.Open(request.RepositoryName), request.CommitId);
        if (!Git.IsId(id))
        {
            throw CodeCommitErrors.InvalidCommit(id);
        }

        var result = await git.TryAsync([
            "log",
            "-1",
            "--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00%B",
            "--date=raw",
            id,
            "--",
        ]);
        if (result.ExitCode != 0)
        {
            throw CodeCommitErrors.NoCommit(id);
        }

        var parts = result.Text.Split('\0');
        var parents = parts[2]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(parent => JsonValue.Create(parent));
        return new JsonObject
        {
            ["commit"] = new JsonObject
            {
                ["commitId"] = parts[0],
                ["treeId"] = parts[1],
                ["parents"] = new JsonArray([.. parents]),
                ["message"] = parts[9],
                ["author"] = Person(parts[3..6]),
                ["committer"] = Person(parts[6..9]),
                ["additionalData"] = "",
            },
        };
    }

    public async Task<JsonObject> GetFile(AwsCall call)
    {
        var request = new GetFileInput(call.Input);
        var git = repositories.Open(request.RepositoryName);
        var commit = await ResolveAsync(git, request.CommitSpecifier);
        var path = request.FilePath;
        var entry = (await TreeAsync(git, commit, path)).Find(item => item.Path == path && item.Type == "blob");
        if (entry is null)
        {
            throw CodeCommitErrors.NoFile(path);
        }

        var content = (await git.TryAsync(["cat-file", "blob", entry.Id])).Output;
        return new JsonObject
        {
            ["commitId"] = commit,
            ["blobId"] = entry.Id,
            ["filePath"] = path,
            ["fileMode"] = entry.FileMode,
            ["fileSize"] = content.Length,
            ["fileContent"] = Convert.ToBase64String(content),
        };
    }

    public async Task<JsonObject> GetFolder(AwsCall call)
    {
        var request = new GetFolderInput(call.Input);
        var git = repositories.Open(request.RepositoryName);
        var commit = await ResolveAsync(git, request.CommitSpecifier);
        var path = request.FolderPath.Trim('/');
        var tree = await git.TryAsync(["rev-parse", "--verify", "--quiet", $"{commit}:{path}"]);
        if (tree.ExitCode != 0)
        {
            throw CodeCommitErrors.NoFolder(path);
        }

        var entries = await TreeAsync(git, commit, path.Length == 0 ? "" : path + "/");
        return new JsonObject
        {
            ["commitId"] = commit,
            ["folderPath"] = path,
            ["treeId"] = tree.Text,
            ["subFolders"] = List(entries, path, "tree", "treeId"),
            ["files"] = List(entries, path, "blob", "blobId"),
            ["symbolicLinks"] = new JsonArray(),
            ["subModules"] = new JsonArray(),
        };
    }

    public async Task<JsonObject> GetBlob(AwsCall call)
    {
        var request = new GetBlobInput(call.Input);
        var (git, id) = (repositories.Open(request.RepositoryName), request.BlobId);
        if (!Git.IsId(id))
        {
            throw CodeCommitErrors.InvalidBlob(id);
        }

        var result = await git.TryAsync(["cat-file", "blob", id]);
        return result.ExitCode == 0
            ? new JsonObject { ["content"] = Convert.ToBase64String(result.Output) }
            : throw CodeCommitErrors.NoBlob(id);
    }

    private static JsonArray List(List<TreeEntry> entries, string folder, string type, string idName) =>
        [
            .. entries
                .Where(entry => entry.Type == type)
                .Select(entry => new JsonObject
                {
                    [idName] = entry.Id,
                    ["absolutePath"] = entry.Path,
                    ["relativePath"] = entry.Path[(folder.Length == 0 ? 0 : folder.Length + 1)..],
                    ["fileMode"] = type == "blob" ? entry.FileMode : null,
                }),
        ];

    private static async Task<string> ResolveAsync(Git git, string? specifier)
    {
        var name = specifier ?? "HEAD";
        // Git would take a leading dash for an option.
        var result = name.StartsWith('-')
            ? null
            : await git.TryAsync(["rev-parse", "--verify", "--quiet", name + "^{commit}"]);
        return result is { ExitCode: 0 } ? result.Text : throw CodeCommitErrors.NoCommit(name);
    }

    private static async Task<List<TreeEntry>> TreeAsync(Git git, string commit, string path)
    {
        string[] filter = path.Length == 0 ? [] : ["--", path];
        var listing = await git.TryAsync(["--literal-pathspecs", "ls-tree", "-z", commit, .. filter]);
        return
        [
            .. System
                .Text.Encoding.UTF8.GetString(listing.Output)
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(TreeEntry.Parse),
        ];
    }

    private static JsonObject Person(string[] nameEmailDate) =>
        new()
        {
            ["name"] = nameEmailDate[0],
            ["email"] = nameEmailDate[1],
            ["date"] = nameEmailDate[2].ToString(CultureInfo.InvariantCulture),
        };

    private sealed record TreeEntry(string Mode, string Type, string Id, string Path)
    {
        public string FileMode =>
            Mode switch
            {
                "100755" => FileModeTypeEnum.Executable,
                "120000" => FileModeTypeEnum.Symlink,
                _ => FileModeTypeEnum.Normal,
            };

        public static TreeEntry Parse(string line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var head = line[..tab].Split(' ');
            return new TreeEntry(head[0], head[1], head[2], line[(tab + 1)..]);
        }
    }
}
