using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Logs;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Logs.Groups;

namespace Plumbline.LocalCloud.Services.Logs.Streams;

internal sealed class LogStreamApi(LogStreamStore streams)
{
    private const int LargestPage = 50;

    public async Task<JsonObject> CreateLogStream(AwsCall call)
    {
        var request = new CreateLogStreamRequest(call.Input);
        await streams.CreateAsync(request.LogGroupName, request.LogStreamName);
        return [];
    }

    public async Task<JsonObject> DeleteLogStream(AwsCall call)
    {
        var request = new DeleteLogStreamRequest(call.Input);
        await streams.DeleteAsync(request.LogGroupName, request.LogStreamName);
        return [];
    }

    public Task<JsonObject> DescribeLogStreams(AwsCall call)
    {
        var request = new DescribeLogStreamsRequest(call.Input);
        var group = LogsInput.Group(request.LogGroupName, request.LogGroupIdentifier);
        var prefix = request.LogStreamNamePrefix;
        var byTime = request.OrderBy == OrderBy.LastEventTime;
        if (byTime && prefix is not null)
        {
            throw LogsErrors.Invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }

        var order = (byTime, request.Descending ?? false) switch
        {
            (false, false) => LogStreamOrder.Name,
            (false, true) => LogStreamOrder.NameDescending,
            (true, false) => LogStreamOrder.LastEvent,
            (true, true) => LogStreamOrder.LastEventDescending,
        };
        var skip = ListPage.Skip(request.NextToken, () => LogsErrors.Invalid("The specified nextToken is invalid."));
        var limit = request.Limit ?? LargestPage;
        var found = streams.List(group, prefix ?? "", order, skip, limit + 1).Select(stream => stream.Describe(group));
        return Task.FromResult(ListPage.Of("logStreams", found, skip, limit, "nextToken"));
    }
}
