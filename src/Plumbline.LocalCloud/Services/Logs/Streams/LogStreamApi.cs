using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Logs.Groups;

namespace Plumbline.LocalCloud.Services.Logs.Streams;

internal sealed class LogStreamApi(LogStreamStore streams)
{
    private const int LargestPage = 50;

    public async Task<JsonObject> CreateLogStream(AwsCall call)
    {
        await streams.CreateAsync(LogsInput.Group(call.Input), call.Input.Text("logStreamName")!);
        return [];
    }

    public async Task<JsonObject> DeleteLogStream(AwsCall call)
    {
        await streams.DeleteAsync(LogsInput.Group(call.Input), call.Input.Text("logStreamName")!);
        return [];
    }

    public Task<JsonObject> DescribeLogStreams(AwsCall call)
    {
        var input = call.Input;
        var group = LogsInput.Group(input);
        var prefix = input.Text("logStreamNamePrefix");
        var byTime = input.Text("orderBy") == "LastEventTime";
        if (byTime && prefix is not null)
        {
            throw LogsErrors.Invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }

        var order = (byTime, input.Bool("descending") ?? false) switch
        {
            (false, false) => LogStreamOrder.Name,
            (false, true) => LogStreamOrder.NameDescending,
            (true, false) => LogStreamOrder.LastEvent,
            (true, true) => LogStreamOrder.LastEventDescending,
        };
        var skip = Skip(input.Text("nextToken"));
        var limit = input.Int("limit") ?? LargestPage;
        var found = streams.List(group, prefix ?? "", order, skip, limit + 1);
        var output = new JsonObject
        {
            ["logStreams"] = new JsonArray([.. found.Take(limit).Select(stream => stream.Describe(group))]),
        };
        if (found.Count > limit)
        {
            output["nextToken"] = (skip + limit).ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult(output);
    }

    private static long Skip(string? token) =>
        token is null ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw LogsErrors.Invalid("The specified nextToken is invalid.");
}
