using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>
/// The common part of SageMaker's List operations: filters by name and time, an order, and pages that stay correct
/// while resources are added and removed.
/// </summary>
internal sealed class Listing
{
    /// <summary>The output member that contains the list.</summary>
    public required string ItemsMember { get; init; }

    /// <summary>The member of the stored tree that NameContains and SortBy Name use.</summary>
    public required string NameMember { get; init; }

    /// <summary>The member of the stored tree that StatusEquals and SortBy Status use.</summary>
    public string? StatusMember { get; init; }

    /// <summary>Returns the members that the list shows of a resource.</summary>
    public required Func<Document, JsonObject> Summary { get; init; }

    /// <summary>Orders resources that were created in the same millisecond.</summary>
    public Func<Document, string> Tie { get; init; } = document => document.Key;

    /// <summary>The order if the request does not name one. On AWS it depends on the resource.</summary>
    public bool DescendingByDefault { get; init; } = true;

    /// <summary>The number of items per page if the request does not say.</summary>
    public int DefaultPage { get; init; } = 10;

    /// <summary>Returns the operation's output: one page, and a NextToken if there is another.</summary>
    public JsonObject Page(JsonObject input, IEnumerable<Document> documents)
    {
        var descending = input.Text("SortOrder") is { } order ? order == "Descending" : DescendingByDefault;
        var sorted = documents
            .Where(document => Passes(document, input))
            .Select(document => (Place: Place(document, input.Text("SortBy")), Document: document))
            .OrderBy(entry => entry.Place, StringComparer.Ordinal);
        var rest = (descending ? sorted.Reverse() : sorted).AsEnumerable();
        if (input.Text("NextToken") is { Length: > 0 } token)
        {
            var after = Decode(token);
            rest = rest.Where(entry => string.CompareOrdinal(entry.Place, after) * (descending ? -1 : 1) > 0);
        }

        var size = input.Int("MaxResults") ?? DefaultPage;
        var page = rest.Take(size + 1).ToList();
        var output = new JsonObject
        {
            [ItemsMember] = new JsonArray([.. page.Take(size).Select(entry => Summary(entry.Document))]),
        };
        if (page.Count > size)
        {
            output["NextToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(page[size - 1].Place));
        }

        return output;
    }

    /// <summary>Returns a copy of these members of a resource, and its LastModifiedTime.</summary>
    public static JsonObject Members(Document document, params string[] members)
    {
        var summary = new JsonObject();
        foreach (var member in members)
        {
            summary[member] = document.Tree[member]?.DeepClone();
        }

        summary["LastModifiedTime"] = document.Modified / 1000.0;
        return summary;
    }

    private static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw SageMakerErrors.Validation($"Invalid NextToken: {token}");
        }
    }

    private static bool Within(long milliseconds, DateTimeOffset? after, DateTimeOffset? before) =>
        !(milliseconds <= after?.ToUnixTimeMilliseconds()) && !(milliseconds >= before?.ToUnixTimeMilliseconds());

    private bool Passes(Document document, JsonObject input) =>
        Within(document.Created, input.Time("CreationTimeAfter"), input.Time("CreationTimeBefore"))
        && Within(document.Modified, input.Time("LastModifiedTimeAfter"), input.Time("LastModifiedTimeBefore"))
        && (
            input.Text("NameContains") is not { } part
            || document.Tree.Text(NameMember)?.Contains(part, StringComparison.OrdinalIgnoreCase) == true
        )
        && (input.Text("StatusEquals") is not { } status || document.Tree.Text(StatusMember!) == status);

    private string Place(Document document, string? sortBy)
    {
        var key = sortBy switch
        {
            "Name" => document.Tree.Text(NameMember) ?? "",
            "Status" => document.Tree.Text(StatusMember!) ?? "",
            _ => document.Created.ToString("D16", CultureInfo.InvariantCulture),
        };
        return $"{key}\n{Tie(document)}";
    }
}
