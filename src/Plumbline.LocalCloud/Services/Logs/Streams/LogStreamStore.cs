using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.Services.Logs.Groups;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Logs.Streams;

internal sealed class LogStreamStore(Database database, CivilClock clock)
{
    private const string Columns =
        "id, name, created, first_event AS firstEvent, last_event AS lastEvent, last_ingestion AS lastIngestion";

    public Task CreateAsync(string group, string name) =>
        database.WriteAsync(connection =>
        {
            var groupId = LogGroupStore.Find(connection, group).Id;
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var added = connection.Execute(
                """
                INSERT INTO log_streams (group_id, name, created) VALUES (@groupId, @name, @now)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    groupId,
                    name,
                    now,
                }
            );
            if (added == 0)
            {
                throw LogsErrors.StreamExists();
            }
        });

    public Task DeleteAsync(string group, string name) =>
        database.WriteAsync(connection =>
        {
            var id = Find(connection, LogGroupStore.Find(connection, group), name).Id;
            connection.Execute("DELETE FROM log_streams WHERE id = @id", new { id });
        });

    /// <exception cref="Aws.Errors.AwsException">The stream does not exist.</exception>
    public static LogStream Find(SqliteConnection connection, LogGroup group, string name) =>
        connection.QuerySingleOrDefault<LogStream>(
            $"SELECT {Columns} FROM log_streams WHERE group_id = @groupId AND name = @name",
            new { groupId = group.Id, name }
        ) ?? throw LogsErrors.NoStream();

    /// <summary>A page of a group's streams.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="prefix">The start of the name.</param>
    /// <param name="order">The order of the streams.</param>
    /// <param name="skip">The number of streams to skip.</param>
    /// <param name="limit">The maximum number of streams.</param>
    public IReadOnlyList<LogStream> List(string group, string prefix, LogStreamOrder order, int skip, int limit) =>
        database.Read(connection =>
            connection
                .Query<LogStream>(
                    $"""
                    SELECT {Columns} FROM log_streams
                    WHERE group_id = @groupId AND substr(name, 1, length(@prefix)) = @prefix
                    ORDER BY {Sql(order)} LIMIT @limit OFFSET @skip
                    """,
                    new
                    {
                        groupId = LogGroupStore.Find(connection, group).Id,
                        prefix,
                        skip,
                        limit,
                    }
                )
                .AsList()
        );

    private static string Sql(LogStreamOrder order) =>
        order switch
        {
            LogStreamOrder.Name => "name",
            LogStreamOrder.NameDescending => "name DESC",
            LogStreamOrder.LastEvent => "last_event, name",
            _ => "last_event DESC, name DESC",
        };
}

/// <summary>Orders of a group's streams.</summary>
internal enum LogStreamOrder
{
    Name,
    NameDescending,
    LastEvent,
    LastEventDescending,
}
