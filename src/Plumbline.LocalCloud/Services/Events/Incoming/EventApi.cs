using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Events;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Events.Incoming;

/// <summary>Takes events of the account's own programs, and tests patterns.</summary>
internal sealed class EventApi(Database database, EventOutbox outbox, CivilClock clock)
{
    private const int LargestRequest = 256 * 1024;

    public async Task<JsonObject> PutEvents(AwsCall call)
    {
        var entries = new PutEventsRequest(call.Input).Entries.ToList();
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
                if (@event is not null && EventBus.IsMeantBy(entry.EventBusName))
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
        var request = new TestEventPatternRequest(call.Input);
        var pattern = EventPattern.Parse(request.EventPattern);
        try
        {
            using var tested = JsonDocument.Parse(request.Event);
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

    private (EventEnvelope? Event, JsonObject Answer) Read(PutEventsRequestEntry entry)
    {
        foreach (
            var (member, value) in ((string, string?)[])
                [("Source", entry.Source), ("DetailType", entry.DetailType), ("Detail", entry.Detail)]
        )
        {
            if (string.IsNullOrEmpty(value))
            {
                return Refused(
                    "InvalidArgument",
                    $"Parameter {member} is not valid. Reason: {member} is a required argument."
                );
            }
        }

        if (entry.Source!.StartsWith("aws.", StringComparison.Ordinal))
        {
            return Refused("NotAuthorizedForSourceException", "Not authorized for the source.");
        }

        if (ParseDetail(entry.Detail!) is not { } detail)
        {
            return Refused("MalformedDetail", "Detail is malformed.");
        }

        var envelope = EventEnvelope.Of(
            entry.Source,
            entry.DetailType!,
            entry.Time ?? clock.GetUtcNow(),
            LocalCloudIdentity.Account,
            LocalCloudIdentity.Region,
            entry.Resources,
            detail
        );
        return (envelope, new JsonObject { ["EventId"] = envelope.Id });
    }

    private static (EventEnvelope?, JsonObject) Refused(string code, string message) =>
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
    private static int Size(PutEventsRequestEntry entry) =>
        entry
            .Resources.Append(entry.Source ?? "")
            .Append(entry.DetailType ?? "")
            .Append(entry.Detail ?? "")
            .Sum(Encoding.UTF8.GetByteCount) + (entry.Time is null ? 0 : 14);
}
