using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Events;
using Plumbline.LocalCloud.Services.Events.Rules;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Events.Deliveries;

/// <summary>An event on its way to a target.</summary>
/// <param name="Sequence">The position in the order of the events.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Target">The target, as JSON.</param>
/// <param name="Event">The event, as JSON.</param>
/// <param name="Accepted">The real time at which it was accepted, Unix milliseconds.</param>
/// <param name="Attempts">The number of failed attempts.</param>
internal sealed record Delivery(long Sequence, string Rule, string Target, string Event, long Accepted, long Attempts);

/// <summary>The deliveries in progress.</summary>
internal sealed class DeliveryStore(Database database)
{
    /// <summary>Raised after deliveries were added.</summary>
    public event Action? Added;

    /// <summary>Runs work that may add deliveries; durable when it returns.</summary>
    public async Task WriteAsync(Action<SqliteConnection> work)
    {
        await database.WriteAsync(work);
        Added?.Invoke();
    }

    /// <summary>Adds a delivery to each target of a rule, as part of the caller's write.</summary>
    public void Add(SqliteConnection connection, EventRule rule, EventEnvelope @event)
    {
        foreach (var target in rule.Targets)
        {
            connection.Execute(
                "INSERT INTO event_deliveries (rule, target, event, accepted) VALUES (@rule, @target, @text, @now)",
                new
                {
                    rule = rule.Name,
                    target = target.Tree.ToJsonString(),
                    text = @event.Tree.ToJsonString(),
                    now = ProcessTime.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
                }
            );
        }
    }

    /// <summary>Returns all deliveries in progress, in the order of the events.</summary>
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

    /// <summary>Sets a delivery aside, with the reason why it can never be made.</summary>
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
