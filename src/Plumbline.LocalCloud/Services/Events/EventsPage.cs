using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.Events;

internal static class EventsPage
{
    private const int LargestPage = 100;

    /// <param name="token">The request's NextToken.</param>
    /// <param name="limit">The request's Limit.</param>
    /// <param name="member">The output member that contains the items.</param>
    /// <param name="all">The items of all pages.</param>
    public static JsonObject Of(string? token, int? limit, string member, IEnumerable<JsonNode> all)
    {
        var skip = ListPage.Skip(token, () => EventsErrors.Validation("Parameter NextToken is not valid."));
        return ListPage.Of(member, all.Skip(skip), skip, limit ?? LargestPage);
    }
}
