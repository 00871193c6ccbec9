using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.Services.Logs.Groups;
using Plumbline.LocalCloud.Services.Logs.Streams;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Logs.LogEvents;

/// <summary>The lines of all logs.</summary>
internal sealed class LogEventStore(Database database, CivilClock clock)
{
    private const string Select = """
        SELECT sequence, name AS stream, timestamp, ingested, message
        FROM log_events JOIN log_streams ON log_streams.id = stream_id
        """;

    /// <summary>Adds events to a stream; durable when it returns.</summary>
    public Task PutAsync(string group, string stream, IReadOnlyList<(long Timestamp, string Message)> events) =>
        database.WriteAsync(connection =>
        {
            var found = LogGroupStore.Find(connection, group);
            var (groupId, streamId) = (found.Id, LogStreamStore.Find(connection, found, stream).Id);
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            Insert(connection, groupId, streamId, now, events);
            if (events.Count > 0)
            {
                Count(connection, groupId, streamId, now, events);
            }
        });

    /// <summary>Events of a stream after a position, oldest first.</summary>
    public IReadOnlyList<LogEvent> After(string group, string stream, LogPosition position, LogWindow window) =>
        OfStream(group, stream, position, window, ">", "timestamp, sequence");

    /// <summary>Events of a stream before a position, newest first.</summary>
    public IReadOnlyList<LogEvent> Before(string group, string stream, LogPosition position, LogWindow window) =>
        OfStream(group, stream, position, window, "<", "timestamp DESC, sequence DESC");

    /// <summary>Events of a group after a position that satisfy a condition, oldest first.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="streams">The only streams to look into; null for all.</param>
    /// <param name="prefix">The start of the streams' names.</param>
    /// <param name="position">The position after which the search continues.</param>
    /// <param name="window">The times and the number of events.</param>
    /// <param name="matches">True for a message that is wanted.</param>
    public IReadOnlyList<LogEvent> Search(
        string group,
        IReadOnlyCollection<string>? streams,
        string prefix,
        LogPosition position,
        LogWindow window,
        Func<string, bool> matches
    ) =>
        database.Read(connection =>
            connection
                .Query<LogEvent>(
                    $"""
                    {Select}
                    WHERE log_events.group_id = @groupId
                      AND (timestamp, sequence) > (@Timestamp, @Sequence)
                      AND timestamp BETWEEN @From AND @To
                      AND (@any OR name IN @streams)
                      AND substr(name, 1, length(@prefix)) = @prefix
                    ORDER BY timestamp, sequence
                    """,
                    new
                    {
                        groupId = LogGroupStore.Find(connection, group).Id,
                        position.Timestamp,
                        position.Sequence,
                        window.From,
                        window.To,
                        any = streams is null,
                        streams = streams ?? [],
                        prefix,
                    },
                    buffered: false
                )
                .Where(found => matches(found.Message))
                .Take(window.Limit)
                .ToList()
        );

    private static void Insert(
        SqliteConnection connection,
        long groupId,
        long streamId,
        long now,
        IReadOnlyList<(long Timestamp, string Message)> events
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO log_events (group_id, stream_id, ingested, timestamp, message) VALUES (@g, @s, @n, @t, @m)";
        command.Parameters.AddWithValue("@g", groupId);
        command.Parameters.AddWithValue("@s", streamId);
        command.Parameters.AddWithValue("@n", now);
        var timestamp = command.Parameters.Add("@t", SqliteType.Integer);
        var message = command.Parameters.Add("@m", SqliteType.Text);
        command.Prepare();
        foreach (var line in events)
        {
            (timestamp.Value, message.Value) = line;
            command.ExecuteNonQuery();
        }
    }

    private static void Count(
        SqliteConnection connection,
        long groupId,
        long streamId,
        long now,
        IReadOnlyList<(long Timestamp, string Message)> events
    )
    {
        connection.Execute(
            """
            UPDATE log_streams SET
                first_event = min(coalesce(first_event, @first), @first),
                last_event = max(coalesce(last_event, @last), @last),
                last_ingestion = @now
            WHERE id = @streamId;
            UPDATE log_groups SET stored_bytes = stored_bytes + @bytes WHERE id = @groupId
            """,
            new
            {
                streamId,
                groupId,
                now,
                first = events[0].Timestamp,
                last = events[^1].Timestamp,
                bytes = events.Sum(line => (long)LogEvent.SizeOf(line.Message)),
            }
        );
    }

    private List<LogEvent> OfStream(
        string group,
        string stream,
        LogPosition position,
        LogWindow window,
        string comparison,
        string order
    ) =>
        database.Read(connection =>
            connection
                .Query<LogEvent>(
                    $"""
                    {Select}
                    WHERE stream_id = @streamId AND (timestamp, sequence) {comparison} (@Timestamp, @Sequence)
                      AND timestamp BETWEEN @From AND @To
                    ORDER BY {order} LIMIT @Limit
                    """,
                    new
                    {
                        streamId = LogStreamStore.Find(connection, LogGroupStore.Find(connection, group), stream).Id,
                        position.Timestamp,
                        position.Sequence,
                        window.From,
                        window.To,
                        window.Limit,
                    }
                )
                .AsList()
        );
}

/// <summary>The window of the wanted events: times in Unix milliseconds, both included.</summary>
internal readonly record struct LogWindow(long From, long To, int Limit);
