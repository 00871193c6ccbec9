using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Logs;
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
        var request = new PutLogEventsRequest(call.Input);
        var given = request.LogEvents.Select(line => (line.Timestamp, line.Message)).ToList();
        var (accepted, rejected) = rules.Check(given);
        await events.PutAsync(request.LogGroupName, request.LogStreamName, accepted);
        var output = new JsonObject { ["nextSequenceToken"] = Streams.LogStream.SequenceToken };
        if (rejected.Count > 0)
        {
            output["rejectedLogEventsInfo"] = rejected;
        }

        return output;
    }

    public Task<JsonObject> GetLogEvents(AwsCall call)
    {
        var request = new GetLogEventsRequest(call.Input);
        var group = LogsInput.Group(request.LogGroupName, request.LogGroupIdentifier);
        var stream = request.LogStreamName;
        // The end is not included here, unlike in FilterLogEvents.
        var window = Window(request.StartTime, request.EndTime - 1, request.Limit);
        var token = request.NextToken;
        var backward = token?.StartsWith("b/", StringComparison.Ordinal) ?? !(request.StartFromHead ?? false);
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
        var request = new FilterLogEventsRequest(call.Input);
        var streams = call.Input.Array("logStreamNames") is null ? null : request.LogStreamNames.ToList();
        var prefix = request.LogStreamNamePrefix;
        if (streams is not null && prefix is not null)
        {
            throw LogsErrors.Invalid("logStreamNames and logStreamNamePrefix are mutually exclusive.");
        }

        var filter = FilterPattern.Parse(request.FilterPattern ?? "");
        var window = Window(request.StartTime, request.EndTime, request.Limit);
        var position = request.NextToken is { } token ? LogPosition.Parse(token) : LogPosition.Start;
        var asked = window with { Limit = window.Limit + 1 };
        var group = LogsInput.Group(request.LogGroupName, request.LogGroupIdentifier);
        var found = events.Search(group, streams, prefix ?? "", position, asked, filter.Matches);
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

    private static LogWindow Window(long? from, long? to, int? limit) =>
        new(from ?? 0, to ?? long.MaxValue, limit ?? LargestPage);

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
