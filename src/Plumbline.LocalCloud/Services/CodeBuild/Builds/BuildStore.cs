using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>Builds, with an event for the start and the end of each.</summary>
internal sealed class BuildStore(Database database, CivilClock clock, EventOutbox outbox)
{
    private readonly Documents<BuildState> documents = new("codebuild/build");

    public Build? Find(string id) =>
        database.Read(connection => documents.Find(connection, id)) is { } found ? new Build(found.Tree) : null;

    /// <summary>All builds, or a project's, oldest first.</summary>
    public IReadOnlyList<Build> List(string? project = null) =>
        [.. database.Read(connection => documents.List(connection, project)).Select(found => new Build(found.Tree))];

    /// <summary>
    /// Adds a build with the project's next number, or returns the one with the same idempotency token.
    /// </summary>
    public Task<Build> AddAsync(Build build, string? token) =>
        database.WriteAsync(connection =>
        {
            var (id, project) = (build.Id, build.ProjectName);
            var others = documents.List(connection, project);
            if (token is not null && others.FirstOrDefault(other => other.State.Token == token) is { } same)
            {
                return new Build(same.Tree);
            }

            build.Tree["buildNumber"] = 1 + (others.Max(other => new Build(other.Tree).BuildNumber) ?? 0);
            build.Tree["startTime"] = Seconds(clock.GetUtcNow());
            documents.TryAdd(connection, id, build.Tree, new BuildState { Token = token }, clock.GetUtcNow(), project);
            PutEvent(connection, build, StatusType.InProgress);
            return build;
        });

    /// <summary>Changes a build that has not ended.</summary>
    public Task<Build?> ChangeAsync(string id, Action<Build> change) =>
        database.WriteAsync(connection =>
        {
            if (documents.Find(connection, id) is not { } found)
            {
                return null;
            }

            var build = new Build(found.Tree);
            if (!build.BuildComplete)
            {
                change(build);
                documents.TryReplace(connection, id, build.Tree, found.State, clock.GetUtcNow());
            }

            return build;
        });

    /// <summary>Ends a build, unless it has ended, and adds its event. A build that was stopped ends as such.</summary>
    /// <returns>The grant of the build's process; null if it has none.</returns>
    public Task<string?> EndAsync(string id, string status, Action<Build> change) =>
        database.WriteAsync(connection =>
        {
            if (documents.Find(connection, id) is not { } found)
            {
                return null;
            }

            var build = new Build(found.Tree);
            if (!build.BuildComplete)
            {
                change(build);
                build.Tree["buildStatus"] = found.State.Stopped ? StatusType.Stopped : status;
                build.Tree["buildComplete"] = true;
                build.Tree["currentPhase"] = BuildPhaseType.Completed;
                build.Tree["endTime"] = Seconds(clock.GetUtcNow());
                PutEvent(connection, build, build.BuildStatus!);
                documents.TryReplace(connection, id, build.Tree, found.State, clock.GetUtcNow());
            }

            return found.State.Grant;
        });

    /// <summary>Notes that a build is to be stopped.</summary>
    public Task StopAsync(string id) => ChangeStateAsync(id, state => state.Stopped = true);

    /// <summary>Notes the grant of a build's process, for its revocation.</summary>
    public Task GrantAsync(string id, string grant) => ChangeStateAsync(id, state => state.Grant = grant);

    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private Task ChangeStateAsync(string id, Action<BuildState> change) =>
        database.WriteAsync(connection =>
        {
            if (documents.Find(connection, id) is { } found)
            {
                change(found.State);
                documents.TryReplace(connection, id, found.Tree, found.State, clock.GetUtcNow());
            }
        });

    private void PutEvent(SqliteConnection connection, Build build, string status)
    {
        var information = new JsonObject
        {
            ["initiator"] = build.Initiator,
            ["build-number"] = build.BuildNumber,
            ["build-complete"] = build.BuildComplete,
            ["source-version"] = build.SourceVersion,
            ["environment"] = build.Environment?.Tree.DeepClone(),
            ["logs"] = build.Logs?.Tree.DeepClone(),
        };
        var detail = new JsonObject
        {
            ["build-status"] = status,
            ["project-name"] = build.ProjectName,
            ["build-id"] = build.Arn,
            ["current-phase"] = build.CurrentPhase,
            ["additional-information"] = information,
            ["version"] = "1",
        };
        outbox.Add(connection, "aws.codebuild", "CodeBuild Build State Change", detail, build.Arn);
    }
}
