using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.Events.Buses;

/// <summary>The default event bus, which is the only one.</summary>
internal sealed class EventBusApi(EventBusStore buses)
{
    public Task<JsonObject> DescribeEventBus(AwsCall call)
    {
        var name = new DescribeEventBusRequest(call.Input).Name;
        return EventBus.IsMeantBy(name) ? Task.FromResult(Describe()) : throw EventsErrors.NoBus(name!);
    }

    public Task<JsonObject> ListEventBuses(AwsCall call)
    {
        var request = new ListEventBusesRequest(call.Input);
        var prefix = request.NamePrefix ?? "";
        JsonNode[] found = EventBus.Name.StartsWith(prefix, StringComparison.Ordinal) ? [Describe()] : [];
        return Task.FromResult(EventsPage.Of(request.NextToken, request.Limit, "EventBuses", found));
    }

    private JsonObject Describe()
    {
        var bus = buses.Get();
        return new JsonObject
        {
            ["Name"] = EventBus.Name,
            ["Arn"] = EventBus.Arn,
            ["CreationTime"] = bus.Created / 1000.0,
            ["LastModifiedTime"] = bus.Modified / 1000.0,
        };
    }
}
