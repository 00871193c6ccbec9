using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.Events;

internal static class EventsPage
{
    private const int LargestPage = 100;

    public static JsonObject Of(JsonObject input, string member, IEnumerable<JsonNode> all)
    {
        var skip = ListPage.Skip(
            input.Text("NextToken"),
            () => EventsErrors.Validation("Parameter NextToken is not valid.")
        );
        return ListPage.Of(member, all.Skip(skip), skip, input.Int("Limit") ?? LargestPage);
    }
}
