using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Tests.CodeCommit;

public sealed class CodeCommitTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_first_commit_makes_its_branch_and_its_files_can_be_read_back()
    {
        var name = await RepositoryAsync();

        var commit = await CommitAsync(name, null, ("docs/read me.txt", "hello"), ("run.sh", "#!/bin/sh"));

        var file = await cloud.CallAsync(
            "codecommit",
            "GetFile",
            new { repositoryName = name, filePath = "docs/read me.txt" }
        );
        Text(file).ShouldBe("hello");
        ((string)file["commitId"]!).ShouldBe(commit);
        var branches = await cloud.CallAsync("codecommit", "ListBranches", new { repositoryName = name });
        branches["branches"]!.AsArray().Select(branch => (string)branch!).ShouldBe(["main"]);
        var folder = await cloud.CallAsync("codecommit", "GetFolder", new { repositoryName = name, folderPath = "/" });
        folder["files"]!.AsArray().Select(item => (string)item!["absolutePath"]!).ShouldBe(["run.sh"]);
        folder["subFolders"]!.AsArray().Select(item => (string)item!["absolutePath"]!).ShouldBe(["docs"]);
        var metadata = await cloud.CallAsync("codecommit", "GetRepository", new { repositoryName = name });
        ((string)metadata["repositoryMetadata"]!["defaultBranch"]!).ShouldBe("main");
    }

    [Fact]
    public async Task A_commit_on_a_parent_that_is_no_longer_the_tip_is_refused_and_changes_nothing()
    {
        var name = await RepositoryAsync();
        var first = await CommitAsync(name, null, ("a", "1"));
        var second = await CommitAsync(name, first, ("a", "2"));

        var refusal = await cloud.RefusalAsync("codecommit", "CreateCommit", Commit(name, first, ("a", "3")));

        refusal.Code.ShouldBe("ParentCommitIdOutdatedException");
        var branch = await cloud.CallAsync(
            "codecommit",
            "GetBranch",
            new { repositoryName = name, branchName = "main" }
        );
        ((string)branch["branch"]!["commitId"]!).ShouldBe(second);
    }

    [Fact]
    public async Task A_commit_that_would_change_nothing_is_refused()
    {
        var name = await RepositoryAsync();
        var first = await CommitAsync(name, null, ("a", "1"));

        (await cloud.RefusalAsync("codecommit", "CreateCommit", Commit(name, first, ("a", "1")))).Code.ShouldBe(
            "NoChangeException"
        );
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData(".git/config")]
    [InlineData("a//b")]
    public async Task A_path_that_would_leave_the_repository_is_refused(string path)
    {
        var name = await RepositoryAsync();

        (await cloud.RefusalAsync("codecommit", "CreateCommit", Commit(name, null, (path, "x")))).Code.ShouldBe(
            "InvalidPathException"
        );
    }

    [Fact]
    public async Task What_is_not_there_is_refused_in_CodeCommits_words()
    {
        var name = await RepositoryAsync();
        await CommitAsync(name, null, ("a", "1"));

        (await cloud.RefusalAsync("codecommit", "GetRepository", new { repositoryName = "nobody" })).Message.ShouldBe(
            "nobody does not exist"
        );
        (await cloud.RefusalAsync("codecommit", "CreateRepository", new { repositoryName = name })).Code.ShouldBe(
            "RepositoryNameExistsException"
        );
        (
            await cloud.RefusalAsync("codecommit", "GetBranch", new { repositoryName = name, branchName = "b" })
        ).Code.ShouldBe("BranchDoesNotExistException");
        (
            await cloud.RefusalAsync("codecommit", "GetFile", new { repositoryName = name, filePath = "b" })
        ).Code.ShouldBe("FileDoesNotExistException");
        (
            await cloud.RefusalAsync(
                "codecommit",
                "GetFile",
                new
                {
                    repositoryName = name,
                    filePath = "a",
                    commitSpecifier = "--help",
                }
            )
        ).Code.ShouldBe("CommitDoesNotExistException");
    }

    [Fact]
    public async Task The_references_last_known_are_those_that_git_has()
    {
        var name = await RepositoryAsync();

        var first = await CommitAsync(name, null, ("a", "1"));
        var second = await CommitAsync(name, first, ("a", "2"));
        await cloud.CallAsync(
            "codecommit",
            "CreateBranch",
            new
            {
                repositoryName = name,
                branchName = "production",
                commitId = first,
            }
        );
        await cloud.CallAsync("codecommit", "DeleteBranch", new { repositoryName = name, branchName = "production" });

        var references = cloud
            .Host.Services.GetRequiredService<Database>()
            .Read(connection =>
                connection.Query<(string, string)>(
                    "SELECT name, commit_id FROM repository_references WHERE repository = @name",
                    new { name }
                )
            );
        references.ShouldBe([("refs/heads/main", second)]);
    }

    private static string Text(JsonObject file) =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)file["fileContent"]!));

    private static object Commit(string repository, string? parent, params (string Path, string Content)[] files) =>
        new
        {
            repositoryName = repository,
            branchName = "main",
            parentCommitId = parent,
            authorName = "Ann",
            email = "ann@example.org",
            commitMessage = "a change",
            putFiles = files.Select(file => new
            {
                filePath = file.Path,
                fileContent = Convert.ToBase64String(Encoding.UTF8.GetBytes(file.Content)),
            }),
        };

    private async Task<string> CommitAsync(
        string repository,
        string? parent,
        params (string Path, string Content)[] files
    ) => (string)(await cloud.CallAsync("codecommit", "CreateCommit", Commit(repository, parent, files)))["commitId"]!;

    private async Task<string> RepositoryAsync()
    {
        var name = $"repository-{Guid.NewGuid():N}";
        await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = name });
        return name;
    }
}
