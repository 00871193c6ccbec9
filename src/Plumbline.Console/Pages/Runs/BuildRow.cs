using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Loop.Home;

namespace Plumbline.WebConsole.Pages.Runs;

/// <summary>A build, for a row of the page.</summary>
/// <param name="Uuid">The last part of its id, and the name of its log stream.</param>
/// <param name="Number">Its number in the build project.</param>
/// <param name="Status">CodeBuild's status.</param>
/// <param name="Trigger">The value of TRIGGER, or the package or execution that a deploy build was given.</param>
/// <param name="Started">When it started.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Failure">CodeBuild's message of the phase that failed; null if none did.</param>
public sealed record BuildRow(
    string Uuid,
    string Project,
    long Number,
    string Status,
    string Trigger,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    string? Failure
)
{
    private const int LargestBatch = 100;

    /// <summary>The newest builds of both build projects, newest first.</summary>
    public static async Task<IReadOnlyList<BuildRow>> ListAsync(
        LoopContext loop,
        int most,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<BuildRow>();
        foreach (var project in (string[])[loop.Names.BuildProject, loop.Names.DeployProject])
        {
            try
            {
                var named = new JsonObject { ["projectName"] = project };
                var listed = await loop.Clients.CodeBuild.ListBuildsForProjectAsync(named, cancellationToken);
                var ids = listed
                    .Ids.Take(Math.Min(most, LargestBatch))
                    .Select(id => (JsonNode?)JsonValue.Create(id))
                    .ToArray();
                if (ids.Length > 0)
                {
                    var got = await loop.Clients.CodeBuild.BatchGetBuildsAsync(
                        new JsonObject { ["ids"] = new JsonArray(ids) },
                        cancellationToken
                    );
                    rows.AddRange(got.Builds.Select(Of));
                }
            }
            catch (AwsException missing) when (missing.IsMissing())
            {
                // The first push creates the build project.
            }
        }

        return [.. rows.OrderByDescending(row => row.Started).Take(most)];
    }

    private static BuildRow Of(Build build)
    {
        var variables = build.Environment?.EnvironmentVariables.ToList() ?? [];
        var asked = variables.LastOrDefault(one => one.Name is "TRIGGER" or "PACKAGE_ARN" or "EXECUTION_ARN");
        return new BuildRow(
            build.Id.Split(':')[^1],
            build.ProjectName,
            build.BuildNumber ?? 0,
            build.BuildStatus!,
            asked?.Value?.Split("model-package/")[^1] ?? build.Initiator ?? "",
            build.StartTime,
            build.EndTime,
            build
                .Phases.FirstOrDefault(phase => phase.PhaseStatus == StatusType.Failed)
                ?.Contexts.FirstOrDefault()
                ?.Message
        );
    }
}
