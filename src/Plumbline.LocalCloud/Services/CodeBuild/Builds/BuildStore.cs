using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>Builds, with an event for the start and the end of each.</summary>
internal sealed class BuildStore(Database database, CivilClock clock, EventOutbox outbox)
{
    private readonly Documents documents = new("codebuild/build");

    public JsonObject? Find(string id) => database.Read(connection => documents.Find(connection, id))?.Tree;

    /// <summary>All builds, or a project's, oldest first.</summary>
    public IReadOnlyList<JsonObject> List(string? project = null) =>
        database.Read(connection => documents.List(connection, project)).Select(document => document.Tree).ToList();

    /// <summary>
    /// Adds a build with the project's next number, or returns the one with the same idempotency token.
    /// </summary>
    public Task<JsonObject> AddAsync(JsonObject build, string? token) =>
        database.WriteAsync(connection =>
        {
            var project = (string)build["projectName"]!;
            var earlier = documents.List(connection, project);
            if (token is not null && earlier.FirstOrDefault(one => (string?)one.Tree["_token"] == token) is { } same)
            {
                return same.Tree;
            }

            build["buildNumber"] = 1 + (earlier.Count == 0 ? 0 : earlier.Max(one => (long)one.Tree["buildNumber"]!));
            build["startTime"] = Seconds(clock.GetUtcNow());
            build["_token"] = token;
            documents.TryAdd(connection, (string)build["id"]!, build, clock.GetUtcNow(), project);
            PutEvent(connection, build, StatusType.InProgress);
            return build;
        });

    /// <summary>Changes a build that has not ended; adds an event if the change ends it.</summary>
    public Task<JsonObject?> ChangeAsync(string id, Action<JsonObject> change) =>
        database.WriteAsync(connection =>
        {
            var build = documents.Find(connection, id)?.Tree;
            if (build is null || (bool)build["buildComplete"]!)
            {
                return build;
            }

            change(build);
            if ((bool)build["buildComplete"]!)
            {
                build["endTime"] = Seconds(clock.GetUtcNow());
                PutEvent(connection, build, (string)build["buildStatus"]!);
            }

            documents.TryReplace(connection, id, build, clock.GetUtcNow());
            return build;
        });

    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private void PutEvent(SqliteConnection connection, JsonObject build, string status)
    {
        var information = new JsonObject
        {
            ["initiator"] = build["initiator"]?.DeepClone(),
            ["build-number"] = build["buildNumber"]?.DeepClone(),
            ["build-complete"] = build["buildComplete"]?.DeepClone(),
            ["source-version"] = build["sourceVersion"]?.DeepClone(),
            ["environment"] = build["environment"]?.DeepClone(),
            ["logs"] = build["logs"]?.DeepClone(),
        };
        var detail = new JsonObject
        {
            ["build-status"] = status,
            ["project-name"] = (string)build["projectName"]!,
            ["build-id"] = (string)build["arn"]!,
            ["current-phase"] = build["currentPhase"]?.DeepClone(),
            ["additional-information"] = information,
            ["version"] = "1",
        };
        outbox.Add(connection, "aws.codebuild", "CodeBuild Build State Change", detail, (string)build["arn"]!);
    }
}
