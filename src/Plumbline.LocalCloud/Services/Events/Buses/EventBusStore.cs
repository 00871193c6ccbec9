using System.Text.Json.Nodes;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Events.Buses;

/// <summary>The event bus, which always exists: its times and its <c>Tags</c>.</summary>
internal sealed class EventBusStore(Database database, CivilClock clock)
{
    private static readonly Documents Buses = new("events/bus");

    public JsonObject Get()
    {
        var bus = database.Read(connection => Buses.Find(connection, EventBus.Name))!;
        bus.Tree["CreationTime"] = bus.Created / 1000.0;
        bus.Tree["LastModifiedTime"] = bus.Modified / 1000.0;
        return bus.Tree;
    }

    public Task ChangeAsync(Action<JsonObject> change) =>
        database.WriteAsync(connection =>
        {
            var bus = Buses.Find(connection, EventBus.Name)!;
            change(bus.Tree);
            Buses.TryReplace(connection, EventBus.Name, bus.Tree, clock.GetUtcNow());
        });
}
