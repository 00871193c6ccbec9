using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services;

/// <summary>A page of a list whose token is the number of items on the pages before.</summary>
internal static class ListPage
{
    /// <summary>Returns the number of items to skip; 0 without a token.</summary>
    /// <exception cref="AwsException">The token is not one of ours.</exception>
    public static int Skip(string? token, Func<AwsException> invalid) =>
        token is null ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw invalid();

    /// <summary>Returns the answer: one page, and a token if there is another.</summary>
    /// <param name="member">The list's member.</param>
    /// <param name="rest">The list without the pages before; one item more than a page is enough.</param>
    /// <param name="skip">The number of items on the pages before.</param>
    /// <param name="limit">The maximum number of items on the page.</param>
    /// <param name="token">The token's member.</param>
    public static JsonObject Of(
        string member,
        IEnumerable<JsonNode> rest,
        int skip,
        int limit,
        string token = "NextToken"
    )
    {
        var page = rest.Take(limit + 1).ToList();
        var output = new JsonObject { [member] = new JsonArray([.. page.Take(limit)]) };
        if (page.Count > limit)
        {
            output[token] = (skip + limit).ToString(CultureInfo.InvariantCulture);
        }

        return output;
    }
}
