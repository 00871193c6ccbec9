using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Logs;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from the views folder.
/// <summary>The items of CloudWatch Logs's lists, page after page.</summary>
public static class LogsPages
{
    public static IAsyncEnumerable<FilteredLogEvent> FilterLogEventsPagedAsync(
        this LogsClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync("FilterLogEvents", input, page => new FilterLogEventsResponse(page).Events, cancellationToken);
}
