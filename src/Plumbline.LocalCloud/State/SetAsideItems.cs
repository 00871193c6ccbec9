using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State;

/// <summary>An item that was taken out of a queue because it blocked the items behind it.</summary>
/// <param name="Kind">Such as <c>event</c> or <c>delivery</c>.</param>
/// <param name="Name">Identifies it within its kind.</param>
/// <param name="Reason">The reason why it could not be processed.</param>
/// <param name="At">Real time, Unix milliseconds.</param>
internal sealed record SetAsideItem(string Kind, string Name, string Reason, long At);

/// <summary>
/// Items that can never be processed, kept with their content for a person to look at: <c>plumb status</c> counts them.
/// </summary>
internal sealed class SetAsideItems(Database database)
{
    /// <summary>Keeps an item as part of the caller's write, which removes it from its queue.</summary>
    public static void Add(SqliteConnection connection, string kind, string name, string reason, string content) =>
        connection.Execute(
            "INSERT INTO set_aside (kind, name, reason, content, at) VALUES (@kind, @name, @reason, @content, @now)",
            new
            {
                kind,
                name,
                reason,
                content,
                now = ProcessTime.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );

    public long Count() =>
        database.Read(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM set_aside"));

    /// <summary>The newest, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<SetAsideItem> Newest(int most) =>
        database.Read(connection =>
            connection
                .Query<SetAsideItem>(
                    "SELECT kind, name, reason, at FROM set_aside ORDER BY id DESC LIMIT @most",
                    new { most }
                )
                .AsList()
        );
}
