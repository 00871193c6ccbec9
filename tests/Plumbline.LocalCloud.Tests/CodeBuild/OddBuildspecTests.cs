using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Services.CodeCommit.Repositories;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CodeBuild;

/// <summary>A repository whose buildspec file is not a valid buildspec.</summary>
public sealed class OddBuildspecTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Link = "120000";
    private const string Plain = "100644";

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/etc/passwd")]
    [InlineData("../../../../../../../../../../etc/passwd")]
    public async Task A_link_out_of_the_source_is_refused_and_tells_nothing_of_the_host(string target)
    {
        var message = await MessageAsync(Link, target);

        message.ShouldContain("buildspec.yml: this is not an ordinary file inside of the source");
        message.ShouldNotContain("root");
    }

    [Fact]
    public async Task A_file_of_more_than_1_MiB_is_refused() =>
        (await MessageAsync(Plain, new string('#', 1024 * 1024 + 1))).ShouldContain("more than 1048576 bytes");

    [Fact]
    public async Task A_text_that_is_nested_100000_deep_fails_its_build_and_not_the_process() =>
        (await MessageAsync(Plain, "phases: " + new string('[', 100_000))).ShouldContain(
            "nested deeper than 64 levels"
        );

    [Fact]
    public async Task A_list_where_a_command_must_stand_is_refused_with_its_line() =>
        (await MessageAsync(Plain, "version: 0.2\nphases:\n  build:\n    commands:\n      - [a, b]\n")).ShouldContain(
            "line 5: write a text here"
        );

    /// <summary>Builds a repository with this buildspec, and returns the build's message.</summary>
    private async Task<string> MessageAsync(string mode, string content)
    {
        var name = $"odd-{Guid.NewGuid():N}";
        var made = await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = name });
        var git = cloud.Host.Services.GetRequiredService<RepositoryStore>().Open(name);
        var blob = await git.TryAsync(["hash-object", "-w", "--stdin"], Encoding.UTF8.GetBytes(content));
        var tree = await git.TryAsync(["mktree"], Encoding.UTF8.GetBytes($"{mode} blob {blob.Text}\tbuildspec.yml\n"));
        var commit = await git.TryAsync([
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
            "commit-tree",
            tree.Text,
            "-m",
            "odd",
        ]);
        await git.RunAsync("update-ref", "refs/heads/main", commit.Text);
        await cloud.CallAsync(
            "codebuild",
            "CreateProject",
            BuildCalls.Project(
                name,
                new { type = "CODECOMMIT", location = (string)made["repositoryMetadata"]!["cloneUrlHttp"]! }
            )
        );
        var build = await cloud.BuildAsync(name);
        ((string)build["buildStatus"]!).ShouldBe("FAILED", build.ToJsonString());
        return (string)build["phases"]!.AsArray()[^1]!["contexts"]![0]!["message"]!;
    }
}
