using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services;

/// <summary>
/// The tags of a request: a list of keys and values. AWS's models limit their length and characters. Most stores keep
/// tags by key.
/// </summary>
internal static class TagList
{
    /// <summary>The maximum number of tags of one resource.</summary>
    public const int Most = 50;

    private const string Reserved = "aws:";

    /// <summary>Returns the tags by key.</summary>
    /// <param name="tags">A request's list.</param>
    /// <param name="refuse">Makes the service's error for an invalid list from a message.</param>
    /// <exception cref="AwsException">A key is repeated, or starts with aws:.</exception>
    public static OrderedDictionary<string, string> Read(
        IEnumerable<JsonObject> tags,
        Func<string, AwsException> refuse
    )
    {
        var all = tags.ToList();
        Check(
            all.Select(tag => tag.Text("Key")!),
            refuse,
            key => $"Tags Reason: Duplicated keys are not allowed: {key}"
        );
        return new(all.Select(tag => KeyValuePair.Create(tag.Text("Key")!, tag.Text("Value") ?? "")));
    }

    /// <summary>
    /// Refuses repeated keys, because each of their values would be a guess, and keys that start with aws:.
    /// </summary>
    /// <param name="keys">The keys of a request's list.</param>
    /// <param name="refuse">Makes the service's error for an invalid list from a message.</param>
    /// <param name="twice">Makes the service's message for a repeated key.</param>
    /// <param name="sameness">Compares keys; by default, case matters.</param>
    public static void Check(
        IEnumerable<string> keys,
        Func<string, AwsException> refuse,
        Func<string, string> twice,
        StringComparer? sameness = null
    )
    {
        var seen = new HashSet<string>(sameness ?? StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (!seen.Add(key))
            {
                throw refuse(twice(key));
            }

            if (key.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase))
            {
                throw refuse("aws: prefixed tag key names are not allowed for external use.");
            }
        }
    }

    /// <summary>The answer of ListTagsForResource.</summary>
    /// <param name="kept">The resource's tags by key.</param>
    public static JsonObject Describe(OrderedDictionary<string, string> kept)
    {
        var tags = kept.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value });
        return new JsonObject { ["Tags"] = new JsonArray([.. tags]) };
    }

    /// <summary>Adds tags to those that a resource has.</summary>
    /// <param name="kept">The resource's tags by key; changed in place.</param>
    /// <param name="added">The new tags by key.</param>
    /// <param name="tooMany">Makes the service's error for too many tags.</param>
    public static void Add(
        OrderedDictionary<string, string> kept,
        IReadOnlyDictionary<string, string> added,
        Func<AwsException> tooMany
    )
    {
        foreach (var (key, value) in added)
        {
            kept[key] = value;
        }

        if (kept.Count > Most)
        {
            throw tooMany();
        }
    }
}
