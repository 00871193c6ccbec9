using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CodeBuild;

/// <summary>
/// Builds take their source only from this cloud's repositories, never from elsewhere on the machine or the network.
/// </summary>
[Collection("processes")]
public sealed class SourceLocationTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    public static TheoryData<string> Elsewhere =>
        [
            "",
            "/etc",
            ".",
            "file:///etc",
            "ssh://git@example.org/v1/repos/r",
            "git@example.org:r",
            "ext::sh -c touch% /tmp/x",
            "http://example.org/v1/repos/r",
            "https://example.org/v1/repos/r",
            "https://git-codecommit.us-east-1.amazonaws.com.example.org/v1/repos/r",
            "http://user@127.0.0.1:4570/v1/repos/r",
            "http://127.0.0.1:4570/v1/repos/../x",
            "http://127.0.0.1:4570/v1/repos/r?x",
            "http://127.0.0.1:4570/other/r",
            "--upload-pack=x",
        ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task A_source_elsewhere_is_refused_when_a_project_is_made_and_when_it_is_changed(string location)
    {
        var name = $"elsewhere-{Guid.NewGuid():N}";
        var refusal = await cloud.RefusalAsync("codebuild", "CreateProject", Project(name, location));
        refusal.Code.ShouldBe("InvalidInputException");
        refusal.Message.ShouldStartWith("Invalid project source: location must be a valid CodeCommit repository URL");

        var here = $"{cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority)}/v1/repos/r";
        await cloud.CallAsync("codebuild", "CreateProject", Project(name, here));
        (await cloud.RefusalAsync("codebuild", "UpdateProject", Project(name, location))).Code.ShouldBe(
            "InvalidInputException"
        );
    }

    [Fact]
    public async Task A_build_cannot_be_given_another_source()
    {
        var here = $"{cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority)}/v1/repos/r";
        await cloud.CallAsync("codebuild", "CreateProject", Project("overridden", here));
        var refusal = await cloud.RefusalAsync(
            "codebuild",
            "StartBuild",
            new { projectName = "overridden", sourceLocationOverride = "/etc" }
        );
        refusal.Code.ShouldBe("InvalidInputException");
    }

    [Fact]
    public async Task A_project_of_an_earlier_release_with_a_folder_for_a_source_is_not_cloned()
    {
        var secret = Path.Combine(cloud.DataFolder, "..", "secret");
        await GitAsync("init", "--quiet", secret);
        var here = $"{cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority)}/v1/repos/r";
        await cloud.CallAsync("codebuild", "CreateProject", Project("earlier", here));
        await cloud
            .Host.Services.GetRequiredService<Database>()
            .WriteAsync(connection =>
            {
                var projects = new Documents("codebuild/project");
                var tree = projects.Find(connection, "earlier")!.Tree;
                tree["source"]!["location"] = secret;
                projects.TryReplace(connection, "earlier", tree, DateTimeOffset.UtcNow);
            });

        var download = (await cloud.BuildAsync("earlier"))["phases"]![0]!;
        ((string)download["phaseStatus"]!).ShouldBe("FAILED");
        ((string)download["contexts"]![0]!["message"]!).ShouldContain("must be a valid CodeCommit repository URL");
    }

    private static object Project(string name, string location) =>
        BuildCalls.Project(name, new { type = "CODECOMMIT", location });

    private static async Task GitAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments))!;
        (await process.EndAsync()).ShouldBe(0);
    }
}
