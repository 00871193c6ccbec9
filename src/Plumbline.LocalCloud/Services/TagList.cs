using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services;

/// <summary>
/// Tags as requests have them: a list of keys and values, whose lengths and letters AWS's models bound. Most stores keep them by key.
/// </summary>
internal static class TagList
{
    /// <summary>Tags of one resource.</summary>
    public const int Most = 50;

    private const string Reserved = "aws:";

    /// <summary>The tags by key.</summary>
    /// <param name="tags">A request's list.</param>
    /// <param name="refuse">The service's error for a list that it does not take, from its message.</param>
    /// <exception cref="AwsException">A key is there twice, or is AWS's own.</exception>
    public static JsonObject Read(IEnumerable<JsonObject> tags, Func<string, AwsException> refuse)
    {
        var all = tags.ToList();
        Check(
            all.Select(tag => tag.Text("Key")!),
            refuse,
            key => $"Tags Reason: Duplicated keys are not allowed: {key}"
        );
        return new JsonObject(all.Select(tag => KeyValuePair.Create(tag.Text("Key")!, (JsonNode?)tag.Text("Value"))));
    }

    /// <summary>Refuses keys that are there twice, for which of their values holds would be a guess, and AWS's own.</summary>
    /// <param name="keys">The keys of a request's list.</param>
    /// <param name="refuse">The service's error for a list that it does not take, from its message.</param>
    /// <param name="twice">The service's words for a key that is there twice.</param>
    /// <param name="sameness">Which keys are the same; case matters where nothing is said.</param>
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

    /// <summary>Adds tags to those that a resource has.</summary>
    /// <param name="kept">The resource's, by key.</param>
    /// <param name="added">Those that come, by key.</param>
    /// <param name="tooMany">The service's error for a resource that would have too many.</param>
    public static void Add(JsonObject kept, JsonObject added, Func<AwsException> tooMany)
    {
        foreach (var (key, value) in added)
        {
            kept[key] = value?.DeepClone();
        }

        if (kept.Count > Most)
        {
            throw tooMany();
        }
    }
}
