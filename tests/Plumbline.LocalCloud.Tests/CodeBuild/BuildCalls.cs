using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CodeBuild;

/// <summary>Calls CodeBuild over the wire: projects and their builds.</summary>
internal static class BuildCalls
{
    public const string Role = "arn:aws:iam::000000000000:role/build";

    /// <summary>The input of CreateProject and UpdateProject.</summary>
    public static object Project(string name, object source, params (string Name, string Value)[] variables) =>
        new
        {
            name,
            source,
            artifacts = new { type = "NO_ARTIFACTS" },
            environment = new
            {
                type = "LINUX_CONTAINER",
                image = "plumbline",
                computeType = "BUILD_GENERAL1_SMALL",
                environmentVariables = variables.Select(pair => new { name = pair.Name, value = pair.Value }),
            },
            serviceRole = Role,
        };

    /// <summary>Starts a build and returns it after its end.</summary>
    public static async Task<JsonObject> BuildAsync(this RunningCloud cloud, string projectName)
    {
        var started = await cloud.CallAsync("codebuild", "StartBuild", new { projectName });
        return await cloud.BuildAsync((string)started["build"]!["id"]!, IsComplete);
    }

    /// <summary>Runs one command in a build, and returns the build after its end.</summary>
    public static async Task<JsonObject> BuildAsync(this JobCloud cloud, string command)
    {
        var name = $"build-{Guid.NewGuid():N}";
        var quoted = JsonSerializer.Serialize(command);
        var buildspec = $"version: 0.2\nphases:\n  build:\n    commands:\n      - {quoted}\n";
        await cloud.CallAsync("codebuild", "CreateProject", Project(name, new { type = "NO_SOURCE", buildspec }));
        var started = await cloud.CallAsync("codebuild", "StartBuild", new { projectName = name });
        return await UntilAsync(cloud.CallAsync, (string)started["build"]!["id"]!, IsComplete);
    }

    /// <summary>Waits until a build satisfies a condition, and returns it.</summary>
    public static Task<JsonObject> BuildAsync(this RunningCloud cloud, string id, Func<JsonObject, bool> satisfies) =>
        UntilAsync(cloud.CallAsync, id, satisfies);

    private static bool IsComplete(JsonObject build) => (bool)build["buildComplete"]!;

    private static Task<JsonObject> UntilAsync(
        Func<string, string, object, Task<JsonObject>> callAsync,
        string id,
        Func<JsonObject, bool> satisfies
    ) =>
        Eventually.Async(
            async () =>
                (await callAsync("codebuild", "BatchGetBuilds", new { ids = new[] { id } }))["builds"]![0]!.AsObject(),
            satisfies
        );
}
