using System.Text.Json.Nodes;
using Plumbline.LocalCloud.State.Removal;
using Plumbline.LocalCloud.Tests.CodeBuild;
using Plumbline.LocalCloud.Tests.Events;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Poison;

/// <summary>
/// A build may leave any kind of file where the server reads afterwards: the build must end, and the server must keep
/// working.
/// </summary>
[Collection("processes")]
[Trait(Nightly.Part, "poison")]
public sealed class PoisonedBuildTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    public static TheoryData<string> Kinds => Leavings.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_build_ends_and_everything_goes_on_whatever_it_leaves(string kind)
    {
        // A reader empties the pipe for a while, so that it does not block the script itself.
        var reader = kind == "a pipe" ? "(timeout 5 cat /opt/codebuild/phases >/dev/null 2>&1 &)" : "true";
        var build = await BuildAsync(
            Leavings.At("/opt/codebuild/src/left", kind),
            Leavings.At("/opt/codebuild/phases", kind),
            reader
        );

        ((string)build["buildStatus"]!).ShouldBe("SUCCEEDED", build.ToJsonString());
        build.ToJsonString().ShouldNotContain("root:");
        await EverythingGoesOnAsync();
        await cloud.RestartAsync();
        await EverythingGoesOnAsync();
        Directory.GetDirectories(Path.Combine(cloud.DataFolder, "builds")).ShouldBeEmpty();
        Trash.List(cloud.DataFolder).ShouldBeEmpty();
        Nightly.Note("poison", "a kind in both places of a build: everything goes on");
    }

    [Fact]
    public async Task A_report_of_invented_phases_is_passed_over()
    {
        var build = await BuildAsync(
            "i=0; while [ $i -lt 500 ]; do echo \"BUILD begin 1\"; echo \"EVIL begin 1\"; echo \"BUILD x NaN\"; echo \"BUILD x 99999999999999999\"; i=$((i+1)); done >> /opt/codebuild/phases"
        );

        ((string)build["buildStatus"]!).ShouldBe("SUCCEEDED");
        build["phases"]!.AsArray().Count.ShouldBeInRange(1, 33);
        build["phases"]!.ToJsonString().ShouldNotContain("EVIL");
    }

    private async Task EverythingGoesOnAsync()
    {
        var topic = $"after-{Guid.NewGuid():N}";
        await cloud.TellingRuleAsync(topic, new { EventPattern = $$"""{"source":["{{topic}}"]}""" }).InTimeAsync();
        await cloud.CallAsync(
            "events",
            "PutEvents",
            new
            {
                Entries = new[]
                {
                    new
                    {
                        Source = topic,
                        DetailType = "d",
                        Detail = "{}",
                    },
                },
            }
        );
        await cloud.MessagesAsync(topic, 1);
    }

    private async Task<JsonObject> BuildAsync(params IEnumerable<string> commands)
    {
        var name = $"poison-{Guid.NewGuid():N}";
        var buildspec = $$"""
            version: 0.2
            phases:
              build:
                commands:
            {{string.Concat(
                commands.Select(command => $"      - {System.Text.Json.JsonSerializer.Serialize(command)}\n")
            )}}
            """;
        await cloud.CallAsync(
            "codebuild",
            "CreateProject",
            BuildCalls.Project(name, new { type = "NO_SOURCE", buildspec })
        );
        return await cloud.BuildAsync(name);
    }
}
