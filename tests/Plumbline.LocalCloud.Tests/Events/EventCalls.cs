using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Tests.Events;

/// <summary>Puts events on the bus, and repeats deliveries as after a crash.</summary>
public abstract class EventCalls(RunningCloud cloud)
{
    private protected readonly RunningCloud cloud = cloud;

    private protected Task DeliverAgainAsync(string rule, JsonObject target, JsonObject @event)
    {
        var database = cloud.Host.Services.GetRequiredService<Database>();
        return database.WriteAsync(connection =>
            connection.Execute(
                "INSERT INTO event_deliveries (rule, target, event, accepted) VALUES (@rule, @target, @text, @now)",
                new
                {
                    rule,
                    target = target.ToJsonString(),
                    text = @event.ToJsonString(),
                    now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                }
            )
        );
    }

    private protected static object Entry(string source, object detail) =>
        new
        {
            Source = source,
            DetailType = "test",
            Detail = System.Text.Json.JsonSerializer.Serialize(detail),
        };

    private protected Task<JsonObject> PutAsync(params object[] entries) =>
        cloud.CallAsync("events", "PutEvents", new { Entries = entries });
}
