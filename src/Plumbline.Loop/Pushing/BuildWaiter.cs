using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Loop.Home;

namespace Plumbline.Loop.Pushing;

/// <summary>A build that has ended.</summary>
/// <param name="Id">CodeBuild's id.</param>
/// <param name="Status">SUCCEEDED, FAILED, STOPPED, TIMED_OUT.</param>
/// <param name="Failure">CodeBuild's message of the phase that failed; null if none did.</param>
/// <param name="Lines">The printed lines.</param>
public sealed record EndedBuild(string Id, string Status, string? Failure, IReadOnlyList<string> Lines)
{
    public bool Succeeded => Status == StatusType.Succeeded;
}

/// <summary>Follows builds to their end.</summary>
public sealed class BuildWaiter(LoopContext loop, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // CodeBuild and SageMaker may have different clocks.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>Waits until the build of a commit has appeared and ended.</summary>
    public Task<EndedBuild> OfCommitAsync(string commit, Action<string>? report, CancellationToken cancellationToken) =>
        EndedAsync(loop.Names.BuildProject, build => build.SourceVersion == commit, report, cancellationToken);

    /// <summary>Waits until the build that deploys a version has appeared and ended.</summary>
    /// <param name="packageArn">The version's ARN.</param>
    /// <param name="since">The time of the approval; earlier builds do not count.</param>
    /// <param name="report">Called with each phase until the build has ended.</param>
    /// <param name="cancellationToken">Ends the waiting, not the build.</param>
    public Task<EndedBuild> OfPackageAsync(
        string packageArn,
        DateTimeOffset since,
        Action<string>? report,
        CancellationToken cancellationToken
    ) =>
        EndedAsync(
            loop.Names.DeployProject,
            build => build.StartTime >= since - Skew && DeploysPackage(build, packageArn),
            report,
            cancellationToken
        );

    /// <summary>True while a build that deploys a version runs.</summary>
    public async Task<bool> IsDeployingAsync(string packageArn, CancellationToken cancellationToken) =>
        await FindAsync(
            loop.Names.DeployProject,
            build => build.BuildComplete != true && DeploysPackage(build, packageArn),
            cancellationToken
        )
            is not null;

    private static bool DeploysPackage(Build build, string packageArn) =>
        build.Environment?.EnvironmentVariables.Any(variable =>
            variable.Name == "PACKAGE_ARN" && variable.Value == packageArn
        ) == true;

    private async Task<EndedBuild> EndedAsync(
        string project,
        Func<Build, bool> isMeant,
        Action<string>? report,
        CancellationToken cancellationToken
    )
    {
        string? said = null;
        var ended = await new Polling(time, Pause).UntilAsync(
            async () =>
            {
                var build = await FindAsync(project, isMeant, cancellationToken);
                // The last phase is COMPLETED after a failure too, and would read as a success.
                if (build is { BuildComplete: not true, CurrentPhase: { } phase } && phase != said)
                {
                    report?.Invoke(said = phase);
                }

                return build?.BuildComplete == true ? build : null;
            },
            cancellationToken
        );
        return await EndedAsync(ended, cancellationToken);
    }

    private async Task<Build?> FindAsync(string project, Func<Build, bool> isMeant, CancellationToken cancellationToken)
    {
        var listed = await loop.Clients.CodeBuild.ListBuildsForProjectAsync(
            new JsonObject { ["projectName"] = project },
            cancellationToken
        );
        var ids = listed.Ids.Take(20).Select(id => JsonValue.Create(id)).ToArray();
        if (ids.Length == 0)
        {
            return null;
        }

        var got = await loop.Clients.CodeBuild.BatchGetBuildsAsync(
            new JsonObject { ["ids"] = new JsonArray([.. ids]) },
            cancellationToken
        );
        return got.Builds.FirstOrDefault(isMeant);
    }

    private async Task<EndedBuild> EndedAsync(Build build, CancellationToken cancellationToken)
    {
        var logs = build.Logs!;
        var lines = new List<string>();
        var events = loop.Clients.Logs.FilterLogEventsPagedAsync(
            new JsonObject { ["logGroupName"] = logs.GroupName, ["logStreamNames"] = new JsonArray(logs.StreamName) },
            cancellationToken
        );
        try
        {
            await foreach (var line in events)
            {
                lines.Add(line.Message);
            }
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            // It ended before it printed anything.
        }

        var failed = build.Phases.FirstOrDefault(phase => phase.PhaseStatus == StatusType.Failed);
        return new EndedBuild(build.Id, build.BuildStatus!, failed?.Contexts.FirstOrDefault()?.Message, lines);
    }
}
