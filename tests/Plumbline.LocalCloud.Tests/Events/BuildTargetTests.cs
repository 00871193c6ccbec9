using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Events;

[Collection("processes")]
public sealed class BuildTargetTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Role = "arn:aws:iam::000000000000:role/digits-events";

    [Fact]
    public async Task A_build_is_started_once_with_the_overrides_that_the_rule_makes_of_the_event()
    {
        await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = "set-off" });
        await cloud.CallAsync(
            "codebuild",
            "CreateProject",
            new
            {
                name = "set-off",
                source = new
                {
                    type = "CODECOMMIT",
                    location = "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/set-off",
                    buildspec = "version: 0.2\nphases:\n  build:\n    commands: [\"true\"]\n",
                },
                artifacts = new { type = "NO_ARTIFACTS" },
                environment = new
                {
                    type = "LINUX_CONTAINER",
                    image = "plumbline",
                    computeType = "BUILD_GENERAL1_SMALL",
                },
                serviceRole = Role,
            }
        );
        await cloud.CallAsync(
            "events",
            "PutRule",
            new { Name = "set-off", EventPattern = """{"source":["set-off"]}""" }
        );
        await cloud.CallAsync(
            "events",
            "PutTargets",
            new
            {
                Rule = "set-off",
                Targets = new[]
                {
                    new
                    {
                        Id = "b",
                        Arn = "arn:aws:codebuild:us-east-1:000000000000:project/set-off",
                        RoleArn = Role,
                        InputTransformer = new
                        {
                            InputPathsMap = new { commit = "$.detail.commitId" },
                            InputTemplate = """
                            {"sourceVersion": <commit>, "unknown": 1, "environmentVariablesOverride": [
                              {"name": "TRIGGER", "value": "push"}, {"name": "COMMIT", "value": "<commit>"}]}
                            """,
                        },
                    },
                },
            }
        );

        await cloud.CallAsync(
            "events",
            "PutEvents",
            new
            {
                Entries = new[]
                {
                    new
                    {
                        Source = "set-off",
                        DetailType = "t",
                        Detail = """{"commitId":"c0ffee"}""",
                    },
                },
            }
        );

        var builds = await Eventually.Async(
            () => cloud.CallAsync("codebuild", "ListBuildsForProject", new { projectName = "set-off" }),
            answer => answer.Texts("ids").Any()
        );
        var answer = await cloud.CallAsync("codebuild", "BatchGetBuilds", new { ids = builds["ids"]! });
        var build = answer.Objects("builds").Single();
        build.Text("sourceVersion").ShouldBe("c0ffee");
        build.Text("initiator").ShouldBe("digits-events/set-off");
        build
            .Object("environment")!
            .Objects("environmentVariables")
            .Select(variable => $"{variable.Text("name")}={variable.Text("value")}")
            .ShouldBe(["TRIGGER=push", "COMMIT=c0ffee"], ignoreOrder: true);
        await Eventually.Async(
            () => cloud.CallAsync("codebuild", "BatchGetBuilds", new { ids = builds["ids"]!.DeepClone() }),
            found => found.Objects("builds").Single().Bool("buildComplete") == true
        );
    }
}
