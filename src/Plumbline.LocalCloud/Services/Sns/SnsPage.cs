using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.Sns;

/// <summary>Pages of SNS's lists: 100 items; the token is the last key of the page before.</summary>
internal static class SnsPage
{
    private const int Size = 100;

    public static JsonObject Of<T>(
        string? token,
        string member,
        IEnumerable<T> all,
        Func<T, string> key,
        Func<T, JsonObject> describe
    )
    {
        var after = token ?? "";
        var rest = all.OrderBy(key, StringComparer.Ordinal)
            .SkipWhile(item => string.CompareOrdinal(key(item), after) <= 0)
            .Take(Size + 1)
            .ToList();
        var output = new JsonObject { [member] = new JsonArray([.. rest.Take(Size).Select(describe)]) };
        if (rest.Count > Size)
        {
            output["NextToken"] = key(rest[Size - 1]);
        }

        return output;
    }
}
