using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.Iam;

/// <summary>Pages of IAM's lists: at most MaxItems, after a Marker.</summary>
internal static class IamPage
{
    private const int Usual = 100;

    /// <summary>Writes one page of a list into an answer.</summary>
    /// <param name="output">The answer.</param>
    /// <param name="member">The list's member.</param>
    /// <param name="input">The request with MaxItems and Marker, which is the last name of the page before.</param>
    /// <param name="all">The whole list by name, in any order.</param>
    public static JsonObject Write(
        JsonObject output,
        string member,
        JsonObject input,
        IEnumerable<(string Name, JsonNode Item)> all
    )
    {
        var marker = (string?)input["Marker"] ?? "";
        var most = input.Int("MaxItems") ?? Usual;
        var behind = all.Where(entry => string.CompareOrdinal(entry.Name, marker) > 0)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .ToList();
        var page = behind.Take(most).ToList();
        output[member] = new JsonArray([.. page.Select(entry => entry.Item)]);
        output["IsTruncated"] = page.Count < behind.Count;
        if (page.Count < behind.Count)
        {
            output["Marker"] = page[^1].Name;
        }

        return output;
    }
}
