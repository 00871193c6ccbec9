using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CodeBuild;

[Collection("processes")]
public sealed class CodeBuildTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_build_checks_out_the_commit_it_is_given_and_runs_its_phases_in_order()
    {
        var repository = await RepositoryAsync(
            """
            version: 0.2
            env:
              variables:
                FROM: buildspec
                BOTH: buildspec
            phases:
              install:
                commands:
                  - cd sub
                  - HERE=$(pwd)
              build:
                commands:
                  - test "$HERE" = "$CODEBUILD_SRC_DIR/sub"
                  - 'echo "$FROM $BOTH $GIVEN $CODEBUILD_RESOLVED_SOURCE_VERSION"'
              post_build:
                commands:
                  - cat ../data.txt
            """
        );
        var project = await ProjectAsync(repository, ("BOTH", "project"), ("GIVEN", "project"));

        var build = await BuildAsync(project, ("GIVEN", "call"));

        ((string)build["buildStatus"]!).ShouldBe("SUCCEEDED", build.ToJsonString());
        var commit = (string)build["resolvedSourceVersion"]!;
        (await LogAsync(build)).ShouldContain($"buildspec project call {commit}");
        (await LogAsync(build)).ShouldContain("some data");
        PhasesOf(build)
            .ShouldBe(["DOWNLOAD_SOURCE SUCCEEDED", "INSTALL SUCCEEDED", "BUILD SUCCEEDED", "POST_BUILD SUCCEEDED"]);
    }

    [Fact]
    public async Task After_a_failed_build_phase_the_post_build_phase_runs_and_the_build_has_failed()
    {
        var project = await ProjectAsync(
            await RepositoryAsync(
                """
                version: 0.2
                phases:
                  build:
                    commands:
                      - sh -c 'exit 3'
                      - echo not reached
                  post_build:
                    commands:
                      - echo succeeding=$CODEBUILD_BUILD_SUCCEEDING
                """
            )
        );

        var build = await BuildAsync(project);

        ((string)build["buildStatus"]!).ShouldBe("FAILED");
        PhasesOf(build).ShouldBe(["DOWNLOAD_SOURCE SUCCEEDED", "BUILD FAILED", "POST_BUILD SUCCEEDED"]);
        var context = build["phases"]![1]!["contexts"]![0]!;
        ((string)context["message"]!).ShouldBe("Error while executing command: sh -c 'exit 3'. Reason: exit status 3");
        var log = await LogAsync(build);
        log.ShouldContain("succeeding=0");
        log.ShouldNotContain("\nnot reached");
    }

    [Fact]
    public async Task After_a_failed_install_phase_nothing_else_runs()
    {
        var project = await ProjectAsync(
            await RepositoryAsync(
                """
                version: 0.2
                phases:
                  install:
                    commands: [exit 7]
                  build:
                    commands: [echo built]
                """
            )
        );

        var build = await BuildAsync(project);

        PhasesOf(build).ShouldBe(["DOWNLOAD_SOURCE SUCCEEDED", "INSTALL FAILED"]);
    }

    [Theory]
    [InlineData(
        "version: 0.2\nphases:\n  biuld:\n    commands: [true]\n",
        "buildspec.yml:3: 'biuld' is not a phase: write one of install"
    )]
    [InlineData("version: 0.1\nphases:\n  build: {}\n", "version must be 0.2")]
    [InlineData("version: 0.2\nphases: {build: [\n", "buildspec.yml:")]
    public async Task A_broken_buildspec_fails_the_build_and_names_the_line(string buildspec, string message)
    {
        var project = await ProjectAsync(await RepositoryAsync(buildspec));

        var build = await BuildAsync(project);

        ((string)build["buildStatus"]!).ShouldBe("FAILED");
        ((string)build["phases"]![0]!["contexts"]![0]!["message"]!).ShouldContain(message);
    }

    [Fact]
    public async Task A_build_that_is_stopped_ends_as_stopped()
    {
        var project = await ProjectAsync(
            await RepositoryAsync("version: 0.2\nphases:\n  build:\n    commands: [sleep 600]\n")
        );
        var id = await StartAsync(project);
        await UntilAsync(id, build => (string)build["currentPhase"]! == "BUILD");

        await cloud.CallAsync("codebuild", "StopBuild", new { id });

        var build = await UntilAsync(id, one => (bool)one["buildComplete"]!);
        ((string)build["buildStatus"]!).ShouldBe("STOPPED");
    }

    [Fact]
    public async Task A_build_goes_on_over_a_restart_and_is_not_run_twice()
    {
        await using var own = new OwnedCloud();
        var tests = new CodeBuildTests(await own.StartAsync());
        var project = await tests.ProjectAsync(
            await tests.RepositoryAsync(
                "version: 0.2\nphases:\n  build:\n    commands: [echo started, 'while [ ! -e go ]; do sleep 0.1; done', echo ended]\n"
            )
        );
        var id = await tests.StartAsync(project);
        await tests.UntilAsync(id, build => (string)build["currentPhase"]! == "BUILD");

        await own.Cloud.RestartAsync();
        var folder = Directory.GetDirectories(Path.Combine(own.Cloud.DataFolder, "builds")).Single();
        await File.WriteAllTextAsync(Path.Combine(folder, "work", "src", "go"), "");

        var ended = await tests.UntilAsync(id, build => (bool)build["buildComplete"]!);
        ((string)ended["buildStatus"]!).ShouldBe("SUCCEEDED", ended.ToJsonString());
        var log = await tests.LogAsync(ended);
        log.Split('\n').Count(line => line == "started").ShouldBe(1);
        log.ShouldContain("ended");
    }

    [Fact]
    public async Task The_same_idempotency_token_starts_one_build()
    {
        var project = await ProjectAsync(
            await RepositoryAsync("version: 0.2\nphases:\n  build:\n    commands: [true]\n")
        );
        var input = new { projectName = project, idempotencyToken = "once" };

        var first = await cloud.CallAsync("codebuild", "StartBuild", input);
        var second = await cloud.CallAsync("codebuild", "StartBuild", input);

        ((string)second["build"]!["id"]!).ShouldBe((string)first["build"]!["id"]!);
        var listed = await cloud.CallAsync("codebuild", "ListBuildsForProject", new { projectName = project });
        listed["ids"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_local_cloud_cannot_build_is_refused_when_the_project_is_made()
    {
        var refusal = await cloud.RefusalAsync(
            "codebuild",
            "CreateProject",
            new
            {
                name = "from-github",
                source = new { type = "GITHUB", location = "https://example.org/x" },
                artifacts = new { type = "NO_ARTIFACTS" },
                environment = new
                {
                    type = "LINUX_CONTAINER",
                    image = "plumbline",
                    computeType = "BUILD_GENERAL1_SMALL",
                },
                serviceRole = BuildCalls.Role,
            }
        );

        refusal.Message.ShouldContain("GITHUB");
        (await cloud.RefusalAsync("codebuild", "StartBuild", new { projectName = "from-github" })).Code.ShouldBe(
            "ResourceNotFoundException"
        );
    }

    private static IEnumerable<string> PhasesOf(JsonObject build) =>
        build["phases"]!.AsArray().Select(phase => $"{phase!["phaseType"]} {phase["phaseStatus"]}");

    private async Task<string> RepositoryAsync(string buildspec)
    {
        var name = $"repository-{Guid.NewGuid():N}";
        var made = await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = name });
        await cloud.CallAsync(
            "codecommit",
            "CreateCommit",
            new
            {
                repositoryName = name,
                branchName = "main",
                putFiles = new[]
                {
                    new { filePath = "buildspec.yml", fileContent = Base64(buildspec) },
                    new { filePath = "data.txt", fileContent = Base64("some data\n") },
                    new { filePath = "sub/keep", fileContent = Base64("") },
                },
            }
        );
        return (string)made["repositoryMetadata"]!["cloneUrlHttp"]!;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task<string> ProjectAsync(string location, params (string Name, string Value)[] variables)
    {
        var name = $"project-{Guid.NewGuid():N}";
        await cloud.CallAsync(
            "codebuild",
            "CreateProject",
            BuildCalls.Project(name, new { type = "CODECOMMIT", location }, variables)
        );
        return name;
    }

    private async Task<string> StartAsync(string project, params (string Name, string Value)[] variables)
    {
        var started = await cloud.CallAsync(
            "codebuild",
            "StartBuild",
            new
            {
                projectName = project,
                environmentVariablesOverride = variables.Select(pair => new { name = pair.Name, value = pair.Value }),
            }
        );
        return (string)started["build"]!["id"]!;
    }

    private async Task<JsonObject> BuildAsync(string project, params (string Name, string Value)[] variables) =>
        await UntilAsync(await StartAsync(project, variables), build => (bool)build["buildComplete"]!);

    private Task<JsonObject> UntilAsync(string id, Func<JsonObject, bool> satisfies) => cloud.BuildAsync(id, satisfies);

    private async Task<string> LogAsync(JsonObject build)
    {
        var events = await cloud.CallAsync(
            "logs",
            "GetLogEvents",
            new
            {
                logGroupName = (string)build["logs"]!["groupName"]!,
                logStreamName = (string)build["logs"]!["streamName"]!,
                startFromHead = true,
            }
        );
        return string.Join('\n', events["events"]!.AsArray().Select(item => (string)item!["message"]!));
    }

    private sealed class OwnedCloud : IAsyncDisposable
    {
        public RunningCloud Cloud { get; } = new();

        public async Task<RunningCloud> StartAsync()
        {
            await Cloud.InitializeAsync();
            return Cloud;
        }

        public async ValueTask DisposeAsync() => await Cloud.DisposeAsync();
    }
}
