using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services;

/// <summary>Tags as requests have them: a list of <c>Key</c> and <c>Value</c>. Stores keep them by key.</summary>
internal static class TagList
{
    /// <summary>The tags by key.</summary>
    /// <param name="tags">A request's list.</param>
    /// <param name="refuse">The service's error for a list that it does not take, from its message.</param>
    /// <exception cref="AwsException">A key is there twice: which of its values holds would be a guess.</exception>
    public static JsonObject Read(IEnumerable<JsonObject> tags, Func<string, AwsException> refuse)
    {
        var byKey = new JsonObject();
        foreach (var tag in tags)
        {
            var key = tag.Text("Key")!;
            if (!byKey.TryAdd(key, (JsonNode?)tag.Text("Value")))
            {
                throw refuse($"Tags Reason: Duplicated keys are not allowed: {key}");
            }
        }

        return byKey;
    }
}
