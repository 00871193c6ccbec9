using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Events;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Events.Incoming;

/// <summary>Takes events of the account's own programs, and tests patterns.</summary>
internal sealed class EventApi(Database database, EventOutbox outbox, CivilClock clock)
{
    private const int LargestRequest = 256 * 1024;

    public async Task<JsonObject> PutEvents(AwsCall call)
    {
        var entries = call.Input.Objects("Entries").ToList();
        if (entries.Sum(Size) > LargestRequest)
        {
            throw EventsErrors.Validation("Total size of the entries in the request is over the limit.");
        }

        var read = entries.Select(Read).ToList();
        await database.WriteAsync(connection =>
        {
            foreach (var ((@event, _), entry) in read.Zip(entries))
            {
                // An event for a bus that is not here is accepted and dropped, as on AWS.
                if (@event is not null && EventBus.IsMeantBy(entry.Text("EventBusName")))
                {
                    outbox.Add(connection, @event);
                }
            }
        });
        return new JsonObject
        {
            ["FailedEntryCount"] = read.Count(entry => entry.Event is null),
            ["Entries"] = new JsonArray([.. read.Select(entry => entry.Answer)]),
        };
    }

    public Task<JsonObject> TestEventPattern(AwsCall call)
    {
        var pattern = EventPattern.Parse(call.Input.Text("EventPattern")!);
        try
        {
            using var tested = JsonDocument.Parse(call.Input.Text("Event")!);
            if (EventEnvelope.Is(tested.RootElement))
            {
                return Task.FromResult(new JsonObject { ["Result"] = pattern.Matches(tested.RootElement) });
            }
        }
        catch (JsonException)
        {
            // Refused below, in AWS's words.
        }

        throw EventsErrors.Validation("Parameter Event is not valid.");
    }

    private (JsonObject? Event, JsonObject Answer) Read(JsonObject entry)
    {
        foreach (var member in (string[])["Source", "DetailType", "Detail"])
        {
            if (string.IsNullOrEmpty(entry.Text(member)))
            {
                return Refused(
                    "InvalidArgument",
                    $"Parameter {member} is not valid. Reason: {member} is a required argument."
                );
            }
        }

        if (entry.Text("Source")!.StartsWith("aws.", StringComparison.Ordinal))
        {
            return Refused("NotAuthorizedForSourceException", "Not authorized for the source.");
        }

        if (ParseDetail(entry.Text("Detail")!) is not { } detail)
        {
            return Refused("MalformedDetail", "Detail is malformed.");
        }

        var id = Guid.NewGuid().ToString();
        var envelope = EventEnvelope.Of(
            id,
            entry.Text("Source")!,
            entry.Text("DetailType")!,
            entry.Time("Time") ?? clock.GetUtcNow(),
            entry.Texts("Resources"),
            detail
        );
        return (envelope, new JsonObject { ["EventId"] = id });
    }

    private static (JsonObject?, JsonObject) Refused(string code, string message) =>
        (null, new JsonObject { ["ErrorCode"] = code, ["ErrorMessage"] = message });

    private static JsonObject? ParseDetail(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>AWS counts the bytes of the texts, and 14 bytes for a time.</summary>
    private static int Size(JsonObject entry) =>
        ((string[])["Source", "DetailType", "Detail"])
            .Select(member => entry.Text(member) ?? "")
            .Concat(entry.Texts("Resources"))
            .Sum(Encoding.UTF8.GetByteCount) + (entry["Time"] is null ? 0 : 14);
}
