using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Logs.Groups;

internal sealed class LogGroupStore(Database database, CivilClock clock)
{
    private const string Columns =
        "id, name, created, class, retention_days AS retentionDays, stored_bytes AS storedBytes, tags, kms_key AS kmsKey";

    public async Task CreateAsync(string name, string groupClass, string? kmsKey, JsonObject tags)
    {
        var added = await database.WriteAsync(connection =>
            connection.Execute(
                """
                INSERT INTO log_groups (name, created, class, tags, kms_key) VALUES (@name, @now, @groupClass, @tags, @kmsKey)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    name,
                    groupClass,
                    kmsKey,
                    now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    tags = tags.ToJsonString(),
                }
            )
        );
        if (added == 0)
        {
            throw LogsErrors.GroupExists();
        }
    }

    public Task DeleteAsync(string name) => ChangeAsync("DELETE FROM log_groups WHERE name = @name", new { name });

    public Task SetRetentionAsync(string name, long? days) =>
        ChangeAsync("UPDATE log_groups SET retention_days = @days WHERE name = @name", new { name, days });

    public Task SetTagsAsync(string name, Action<JsonObject> change) =>
        database.WriteAsync(connection =>
        {
            var tags = JsonDepth.ReadKept(Find(connection, name).Tags);
            change(tags);
            connection.Execute(
                "UPDATE log_groups SET tags = @tags WHERE name = @name",
                new { name, tags = tags.ToJsonString() }
            );
        });

    /// <exception cref="Aws.Errors.AwsException">The group does not exist.</exception>
    public LogGroup Find(string name) => database.Read(connection => Find(connection, name));

    /// <inheritdoc cref="Find(string)"/>
    public static LogGroup Find(SqliteConnection connection, string name) =>
        connection.QuerySingleOrDefault<LogGroup>($"SELECT {Columns} FROM log_groups WHERE name = @name", new { name })
        ?? throw LogsErrors.NoGroup();

    /// <summary>Groups in the order of their names.</summary>
    /// <param name="prefix">The start of the name.</param>
    /// <param name="part">A part of the name, in any case.</param>
    /// <param name="after">The name after which the list continues.</param>
    /// <param name="limit">The maximum number of groups.</param>
    public IReadOnlyList<LogGroup> List(string prefix, string part, string after, int limit) =>
        database.Read(connection =>
            connection
                .Query<LogGroup>(
                    $"""
                    SELECT {Columns} FROM log_groups
                    WHERE name > @after AND substr(name, 1, length(@prefix)) = @prefix
                      AND instr(lower(name), lower(@part)) > 0
                    ORDER BY name LIMIT @limit
                    """,
                    new
                    {
                        prefix,
                        part,
                        after,
                        limit,
                    }
                )
                .AsList()
        );

    private async Task ChangeAsync(string sql, object parameters)
    {
        if (await database.WriteAsync(connection => connection.Execute(sql, parameters)) == 0)
        {
            throw LogsErrors.NoGroup();
        }
    }
}
