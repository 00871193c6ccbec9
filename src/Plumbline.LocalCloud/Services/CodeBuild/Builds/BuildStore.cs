using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>
/// Builds, with an event for the start and the end of each. The table builds has their token, grant and stop, which are
/// not members of AWS's build.
/// </summary>
internal sealed class BuildStore(Database database, CivilClock clock, EventOutbox outbox)
{
    private readonly Documents documents = new("codebuild/build");

    public Build? Find(string id) => database.Read(connection => Find(connection, id));

    /// <summary>All builds, or a project's, oldest first.</summary>
    public IReadOnlyList<Build> List(string? project = null) => database.Read(connection => List(connection, project));

    /// <summary>
    /// Adds a build with the project's next number, or returns the one with the same idempotency token.
    /// </summary>
    public Task<Build> AddAsync(Build build, string? token) =>
        database.WriteAsync(connection =>
        {
            var (id, project) = (build.Id, build.ProjectName);
            if (token is not null && WithToken(connection, project, token) is { } same)
            {
                return same;
            }

            build.Tree["buildNumber"] = 1 + (List(connection, project).Max(one => one.BuildNumber) ?? 0);
            build.Tree["startTime"] = Seconds(clock.GetUtcNow());
            documents.TryAdd(connection, id, build.Tree, clock.GetUtcNow(), project);
            connection.Execute("INSERT INTO builds (id, token) VALUES (@id, @token)", new { id, token });
            PutEvent(connection, build, StatusType.InProgress);
            return build;
        });

    /// <summary>Changes a build that has not ended.</summary>
    public Task<Build?> ChangeAsync(string id, Action<Build> change) =>
        database.WriteAsync(connection =>
        {
            var build = Find(connection, id);
            if (build?.BuildComplete == false)
            {
                change(build);
                documents.TryReplace(connection, id, build.Tree, clock.GetUtcNow());
            }

            return build;
        });

    /// <summary>Ends a build, unless it has ended, and adds its event. A build that was stopped ends as such.</summary>
    /// <returns>The grant of the build's process; null if it has none.</returns>
    public Task<string?> EndAsync(string id, string status, Action<Build> change) =>
        database.WriteAsync(connection =>
        {
            var (grant, stopped) = connection.QuerySingleOrDefault<(string?, bool)>(
                "SELECT grant_id, stopped FROM builds WHERE id = @id",
                new { id }
            );
            if (Find(connection, id) is { BuildComplete: false } build)
            {
                change(build);
                build.Tree["buildStatus"] = stopped ? StatusType.Stopped : status;
                build.Tree["buildComplete"] = true;
                build.Tree["currentPhase"] = BuildPhaseType.Completed;
                build.Tree["endTime"] = Seconds(clock.GetUtcNow());
                PutEvent(connection, build, build.BuildStatus!);
                documents.TryReplace(connection, id, build.Tree, clock.GetUtcNow());
            }

            return grant;
        });

    /// <summary>Notes that a build is to be stopped.</summary>
    public Task StopAsync(string id) =>
        database.WriteAsync(connection =>
            connection.Execute("UPDATE builds SET stopped = TRUE WHERE id = @id", new { id })
        );

    /// <summary>Notes the grant of a build's process, for its revocation.</summary>
    public Task GrantAsync(string id, string grant) =>
        database.WriteAsync(connection =>
            connection.Execute("UPDATE builds SET grant_id = @grant WHERE id = @id", new { id, grant })
        );

    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private Build? Find(SqliteConnection connection, string id) =>
        documents.Find(connection, id) is { } found ? new Build(found.Tree) : null;

    private List<Build> List(SqliteConnection connection, string? project) =>
        documents.List(connection, project).Select(document => new Build(document.Tree)).ToList();

    private Build? WithToken(SqliteConnection connection, string project, string token) =>
        connection.QueryFirstOrDefault<string>(
            """
            SELECT id FROM builds JOIN documents ON kind = 'codebuild/build' AND key = id
            WHERE parent = @project AND token = @token
            """,
            new { project, token }
        )
            is { } id
            ? Find(connection, id)
            : null;

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
