using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.Events;

/// <summary>Pages of lists: the token is the number of items before the page.</summary>
internal static class EventsPage
{
    private const int LargestPage = 100;

    public static JsonObject Of(JsonObject input, string member, IEnumerable<JsonNode> all)
    {
        var skip = Skip(input.Text("NextToken"));
        var limit = input.Int("Limit") ?? LargestPage;
        var found = all.Skip(skip).Take(limit + 1).ToList();
        var output = new JsonObject { [member] = new JsonArray([.. found.Take(limit)]) };
        if (found.Count > limit)
        {
            output["NextToken"] = (skip + limit).ToString(CultureInfo.InvariantCulture);
        }

        return output;
    }

    private static int Skip(string? token) =>
        token is null ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw EventsErrors.Validation("Parameter NextToken is not valid.");
}
