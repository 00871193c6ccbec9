using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.S3;

namespace Plumbline.LocalCloud.Services.S3;

/// <summary>Tags of buckets and objects, as lists of Key and Value, with S3's limits.</summary>
internal static partial class TagSet
{
    private const string Property = "TagSet";
    private const int MostOfObject = 10;
    private const int MostOfBucket = 50;
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    /// <summary>Returns the tags in a resource's properties, or an empty list.</summary>
    public static JsonArray In(JsonObject properties) => properties[Property]?.AsArray() ?? [];

    /// <summary>Replaces the tags in a resource's properties.</summary>
    public static void Keep(JsonObject properties, JsonArray tags)
    {
        properties.Remove(Property);
        if (tags.Count > 0)
        {
            properties[Property] = tags.DeepClone();
        }
    }

    /// <summary>Reads the tags of a body, for an object.</summary>
    /// <exception cref="AwsException">400 BadRequest or InvalidTag.</exception>
    public static JsonArray OfObject(Tagging body)
    {
        var tags = Copy(body.TagSet);
        CheckNumber(tags, MostOfObject, "Object tags cannot be greater than 10");
        Check(tags, "Your TagKey cannot be prefixed with aws:");
        return tags;
    }

    /// <summary>Reads the tags of a body, for a bucket.</summary>
    /// <exception cref="AwsException">400 BadRequest or InvalidTag.</exception>
    public static JsonArray OfBucket(Tagging body)
    {
        var tags = Copy(body.TagSet);
        CheckNumber(tags, MostOfBucket, "Bucket tag count cannot be greater than 50");
        Check(tags, "System tags cannot be added/updated by requester");
        return tags;
    }

    /// <summary>Checks the tags of a new bucket.</summary>
    /// <exception cref="AwsException">400 BadRequest or InvalidTag.</exception>
    public static JsonArray OfNewBucket(IEnumerable<Tag> given)
    {
        var tags = Copy(given);
        CheckNumber(tags, MostOfBucket, "Bucket tag count cannot be greater than 50");
        Check(
            tags,
            "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \"aws:\" from your tag keys and try again."
        );
        return tags;
    }

    /// <summary>Reads the tags of the header x-amz-tagging, which is encoded like a query.</summary>
    /// <exception cref="AwsException">400 InvalidArgument, BadRequest or InvalidTag.</exception>
    public static JsonArray OfHeader(string header)
    {
        var tags = new JsonArray([
            .. header
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Replace('+', ' ').Split('=', 2))
                .OrderBy(pair => pair[0], StringComparer.Ordinal)
                .Select(pair => new JsonObject
                {
                    ["Key"] = PercentEncoding.Decode(pair[0]),
                    ["Value"] = PercentEncoding.Decode(pair.ElementAtOrDefault(1) ?? ""),
                }),
        ]);
        if (Read(tags).DistinctBy(tag => tag.Key).Count() < tags.Count)
        {
            throw S3Errors.InvalidArgument(
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
                "x-amz-tagging",
                header
            );
        }

        CheckNumber(tags, MostOfObject, "Object tags cannot be greater than 10");
        Check(tags, "Your TagKey cannot be prefixed with aws:");
        return tags;
    }

    private static JsonArray Copy(IEnumerable<Tag> tags) => [.. tags.Select(tag => tag.Tree.DeepClone())];

    private static IEnumerable<Tag> Read(JsonArray tags) => tags.Select(tag => new Tag(tag!.AsObject()));

    private static void CheckNumber(JsonArray tags, int most, string message)
    {
        if (tags.Count > most)
        {
            throw new AwsException("BadRequest", 400, message);
        }
    }

    private static void Check(JsonArray tags, string systemTags)
    {
        var keys = new HashSet<string>();
        foreach (var tag in Read(tags))
        {
            var (key, value) = (tag.Key, tag.Value);
            if (!keys.Add(key))
            {
                throw Invalid("Cannot provide multiple Tags with the same key", key, null);
            }

            if (key.StartsWith("aws:", StringComparison.Ordinal))
            {
                throw Invalid(systemTags, key, null);
            }

            if (key.Length is 0 or > LongestKey || !Form().IsMatch(key))
            {
                throw Invalid("The TagKey you have provided is invalid", key, null);
            }

            if (value.Length > LongestValue || !Form().IsMatch(value))
            {
                throw Invalid("The TagValue you have provided is invalid", key, value);
            }
        }
    }

    private static AwsException Invalid(string message, string key, string? value) =>
        new("InvalidTag", 400, message)
        {
            Members = new JsonObject { ["TagKey"] = key, ["TagValue"] = value },
        };

    [GeneratedRegex(@"\A[\w\s.:/=+\-@]*\z")]
    private static partial Regex Form();
}
