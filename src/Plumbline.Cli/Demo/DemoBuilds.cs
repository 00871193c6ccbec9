using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Loop.Home;

namespace Plumbline.Cli.Demo;

/// <summary>
/// The builds that still run when a demo ends: while the alarm is red, each measurement starts one. They would outlive the
/// local cloud, and the folder of the demo.
/// </summary>
internal static class DemoBuilds
{
    /// <summary>Stops them, and waits until they have ended.</summary>
    public static Task StopAsync(LoopContext loop, CancellationToken cancellationToken) =>
        DemoWaits.UntilAsync(
            "the end of the builds",
            async () =>
            {
                var running = await RunningAsync(loop, cancellationToken);
                foreach (var id in running)
                {
                    await loop.Clients.CodeBuild.StopBuildAsync(new JsonObject { ["id"] = id }, cancellationToken);
                }

                return running.Count == 0 ? "none" : null;
            },
            cancellationToken
        );

    private static async Task<IReadOnlyList<string>> RunningAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var running = new List<string>();
        foreach (var project in (string[])[loop.Names.BuildProject, loop.Names.DeployProject])
        {
            var listed = await loop.Clients.CodeBuild.ListBuildsForProjectAsync(
                new JsonObject { ["projectName"] = project },
                cancellationToken
            );
            JsonNode[] ids = [.. listed.Ids];
            if (ids.Length > 0)
            {
                var got = await loop.Clients.CodeBuild.BatchGetBuildsAsync(
                    new JsonObject { ["ids"] = new JsonArray(ids) },
                    cancellationToken
                );
                running.AddRange(
                    got.Builds.Where(build => build.BuildStatus == StatusType.InProgress).Select(build => build.Id)
                );
            }
        }

        return running;
    }
}
