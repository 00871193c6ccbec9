using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Logs.Groups;

namespace Plumbline.LocalCloud.Services.Logs.LogEvents;

/// <summary>Writes, reads and searches logs.</summary>
internal sealed class LogEventApi(LogEventStore events, LogBatchRules rules)
{
    private const int LargestPage = 10_000;
    private const int LargestPageSize = 1024 * 1024;

    public async Task<JsonObject> PutLogEvents(AwsCall call)
    {
        var given = call
            .Input.Objects("logEvents")
            .Select(line => (line.Long("timestamp")!.Value, line.Text("message")!))
            .ToList();
        var (accepted, rejected) = rules.Check(given);
        await events.PutAsync(LogsInput.Group(call.Input), call.Input.Text("logStreamName")!, accepted);
        var output = new JsonObject { ["nextSequenceToken"] = Streams.LogStream.SequenceToken };
        if (rejected.Count > 0)
        {
            output["rejectedLogEventsInfo"] = rejected;
        }

        return output;
    }

    public Task<JsonObject> GetLogEvents(AwsCall call)
    {
        var input = call.Input;
        var (group, stream) = (LogsInput.Group(input), input.Text("logStreamName")!);
        // The end is not included here, unlike in FilterLogEvents.
        var window = Window(input, input.Long("endTime") - 1);
        var token = input.Text("nextToken");
        var backward = token?.StartsWith("b/", StringComparison.Ordinal) ?? !(input.Bool("startFromHead") ?? false);
        var position = token is null ? (backward ? LogPosition.End : LogPosition.Start) : ReadToken(token);
        var found = backward
            ? WithinPage(events.Before(group, stream, position, window)).Reverse().ToList()
            : WithinPage(events.After(group, stream, position, window)).ToList();

        // At the end of the stream the answer repeats the request's token: that is how a client knows.
        var (first, last) =
            found is [var head, .., var tail] ? (head.Position, tail.Position)
            : found is [var only] ? (only.Position, only.Position)
            : token is null ? (LogPosition.Start, LogPosition.Start)
            : (position, position);
        return Task.FromResult(
            new JsonObject
            {
                ["events"] = new JsonArray([.. found.Select(line => line.Describe())]),
                ["nextForwardToken"] = $"f/{last}/s",
                ["nextBackwardToken"] = $"b/{first}/s",
            }
        );
    }

    public Task<JsonObject> FilterLogEvents(AwsCall call)
    {
        var input = call.Input;
        var streams = input.Array("logStreamNames") is null ? null : input.Texts("logStreamNames").ToList();
        var prefix = input.Text("logStreamNamePrefix");
        if (streams is not null && prefix is not null)
        {
            throw LogsErrors.Invalid("logStreamNames and logStreamNamePrefix are mutually exclusive.");
        }

        var filter = FilterPattern.Parse(input.Text("filterPattern") ?? "");
        var window = Window(input, input.Long("endTime"));
        var position = input.Text("nextToken") is { } token ? LogPosition.Parse(token) : LogPosition.Start;
        var asked = window with { Limit = window.Limit + 1 };
        var found = events.Search(LogsInput.Group(input), streams, prefix ?? "", position, asked, filter.Matches);
        var page = WithinPage(found.Take(window.Limit)).ToList();
        var output = new JsonObject
        {
            ["events"] = new JsonArray([.. page.Select(line => line.DescribeFound())]),
            ["searchedLogStreams"] = new JsonArray(),
        };
        if (found.Count > page.Count)
        {
            output["nextToken"] = page[^1].Position.ToString();
        }

        return Task.FromResult(output);
    }

    private static LogWindow Window(JsonObject input, long? to) =>
        new(input.Long("startTime") ?? 0, to ?? long.MaxValue, input.Int("limit") ?? LargestPage);

    private static LogPosition ReadToken(string token) =>
        token.Split('/') is ["f" or "b", var digits, "s"]
            ? LogPosition.Parse(digits)
            : throw LogsErrors.Invalid("The specified nextToken is invalid.");

    /// <summary>Returns as many events as fit into an answer, and at least one.</summary>
    private static IEnumerable<LogEvent> WithinPage(IEnumerable<LogEvent> found)
    {
        var size = 0;
        foreach (var line in found)
        {
            if (size > 0 && size + line.Size > LargestPageSize)
            {
                yield break;
            }

            size += line.Size;
            yield return line;
        }
    }
}
