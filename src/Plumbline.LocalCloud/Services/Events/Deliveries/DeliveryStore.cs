using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Events.Deliveries;

/// <summary>An event on its way to a target.</summary>
/// <param name="Sequence">In the order of the events.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Target">The target, as JSON.</param>
/// <param name="Event">The event, as JSON.</param>
/// <param name="Accepted">Real time, Unix milliseconds.</param>
/// <param name="Attempts">How often it was tried in vain.</param>
internal sealed record Delivery(long Sequence, string Rule, string Target, string Event, long Accepted, long Attempts);

/// <summary>The deliveries that are on their way.</summary>
internal sealed class DeliveryStore(Database database)
{
    /// <summary>Raised after deliveries were added.</summary>
    public event Action? Added;

    /// <summary>Does a piece of work that may add deliveries; durable when it returns.</summary>
    public async Task WriteAsync(Action<SqliteConnection> work)
    {
        await database.WriteAsync(work);
        Added?.Invoke();
    }

    /// <summary>Sends an event to all targets of a rule, as part of the caller's write.</summary>
    public void Add(SqliteConnection connection, JsonObject rule, JsonObject @event)
    {
        foreach (var target in rule.Objects("Targets"))
        {
            connection.Execute(
                "INSERT INTO event_deliveries (rule, target, event, accepted) VALUES (@rule, @target, @text, @now)",
                new
                {
                    rule = rule.Text("Name"),
                    target = target.ToJsonString(),
                    text = @event.ToJsonString(),
                    now = ProcessTime.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
                }
            );
        }
    }

    /// <summary>All that is on its way, in the order of the events.</summary>
    public IReadOnlyList<Delivery> Waiting() =>
        database.Read(connection =>
            connection
                .Query<Delivery>(
                    "SELECT sequence, rule, target, event, accepted, attempts FROM event_deliveries ORDER BY sequence"
                )
                .AsList()
        );

    public Task RemoveAsync(Delivery delivery) =>
        database.WriteAsync(connection =>
            connection.Execute("DELETE FROM event_deliveries WHERE sequence = @Sequence", delivery)
        );

    /// <summary>Takes a delivery out of the way, with the reason for which it can never be made.</summary>
    public Task SetAsideAsync(Delivery delivery, string reason) =>
        database.WriteAsync(connection =>
        {
            SetAsideItems.Add(
                connection,
                "delivery",
                $"{delivery.Rule} {delivery.Sequence}",
                reason,
                $"{delivery.Target}\n{delivery.Event}"
            );
            connection.Execute("DELETE FROM event_deliveries WHERE sequence = @Sequence", delivery);
        });

    public Task CountAttemptAsync(Delivery delivery) =>
        database.WriteAsync(connection =>
            connection.Execute(
                "UPDATE event_deliveries SET attempts = attempts + 1 WHERE sequence = @Sequence",
                delivery
            )
        );
}
