using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>
/// The part that SageMaker's List operations have in common: filters by name and time, an order, and pages that stay right
/// while resources come and go.
/// </summary>
internal sealed class Listing
{
    /// <summary>The output's list.</summary>
    public required string ItemsMember { get; init; }

    /// <summary>The member of the stored tree that NameContains and SortBy Name look at.</summary>
    public required string NameMember { get; init; }

    /// <summary>The member that StatusEquals and SortBy Status look at.</summary>
    public string? StatusMember { get; init; }

    /// <summary>The members that a resource shows in the list.</summary>
    public required Func<Document, JsonObject> Summary { get; init; }

    /// <summary>The order of what was created in the same millisecond.</summary>
    public Func<Document, string> Tie { get; init; } = document => document.Key;

    /// <summary>The order where the request names none; AWS's differs between resources.</summary>
    public bool DescendingByDefault { get; init; } = true;

    /// <summary>Items a page where the request does not say.</summary>
    public int DefaultPage { get; init; } = 10;

    /// <summary>The operation's output.</summary>
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
