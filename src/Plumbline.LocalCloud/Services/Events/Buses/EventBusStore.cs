using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Events.Buses;

/// <summary>The event bus, which always exists: its times and its tags.</summary>
internal sealed class EventBusStore(Database database, CivilClock clock)
{
    private static readonly Documents<TagState> Buses = new("events/bus");

    public Document<TagState> Get() => database.Read(connection => Buses.Find(connection, EventBus.Name))!;

    public Task ChangeTagsAsync(Action<OrderedDictionary<string, string>> change) =>
        database.WriteAsync(connection =>
        {
            var bus = Buses.Find(connection, EventBus.Name)!;
            change(bus.State.Tags);
            Buses.TryReplace(connection, EventBus.Name, bus.Tree, bus.State, clock.GetUtcNow());
        });
}
