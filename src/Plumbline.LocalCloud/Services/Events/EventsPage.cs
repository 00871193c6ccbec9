using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.Events;

/// <summary>Pages of lists: the token is the number of items before the page.</summary>
internal static class EventsPage
{
    private const int LargestPage = 100;

    /// <param name="token">The request's NextToken.</param>
    /// <param name="limit">The request's Limit.</param>
    /// <param name="member">The output member that contains the items.</param>
    /// <param name="all">The items of all pages.</param>
    public static JsonObject Of(string? token, int? limit, string member, IEnumerable<JsonNode> all)
    {
        var skip = Skip(token);
        var size = limit ?? LargestPage;
        var found = all.Skip(skip).Take(size + 1).ToList();
        var output = new JsonObject { [member] = new JsonArray([.. found.Take(size)]) };
        if (found.Count > size)
        {
            output["NextToken"] = (skip + size).ToString(CultureInfo.InvariantCulture);
        }

        return output;
    }

    private static int Skip(string? token) =>
        token is null ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw EventsErrors.Validation("Parameter NextToken is not valid.");
}
