using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>The conditions of HTTP: If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since.</summary>
internal static class Preconditions
{
    /// <summary>For a write: what has the key now must be as the request says.</summary>
    /// <exception cref="Aws.Errors.AwsException">412, or 404 where If-Match finds nothing.</exception>
    public static void CheckWrite(JsonObject input, StoredObject? existing)
    {
        if ((string?)input["IfNoneMatch"] is { } none && existing is not null && Matches(none, existing))
        {
            throw S3Errors.PreconditionFailed("If-None-Match");
        }

        if ((string?)input["IfMatch"] is not { } match)
        {
            return;
        }

        if (existing is null)
        {
            throw S3Errors.NoSuchKey((string)input["Key"]!);
        }

        if (!Matches(match, existing))
        {
            throw S3Errors.PreconditionFailed("If-Match");
        }
    }

    /// <summary>For a read. True where the client has the object already (304).</summary>
    /// <exception cref="Aws.Errors.AwsException">412.</exception>
    public static bool IsNotModified(JsonObject input, StoredObject stored)
    {
        CheckPositive(input, stored, "IfMatch", "IfUnmodifiedSince");
        return (string?)input["IfNoneMatch"] is { } none
            ? Matches(none, stored)
            : Time(input["IfModifiedSince"]) is { } since && Seconds(stored) <= since;
    }

    /// <summary>For the source of a copy: all four conditions fail with 412.</summary>
    public static void CheckSource(JsonObject input, StoredObject source)
    {
        CheckPositive(input, source, "CopySourceIfMatch", "CopySourceIfUnmodifiedSince");
        if ((string?)input["CopySourceIfNoneMatch"] is { } none && Matches(none, source))
        {
            throw S3Errors.PreconditionFailed("x-amz-copy-source-If-None-Match");
        }

        if (Time(input["CopySourceIfModifiedSince"]) is { } since && Seconds(source) <= since)
        {
            throw S3Errors.PreconditionFailed("x-amz-copy-source-If-Modified-Since");
        }
    }

    private static void CheckPositive(JsonObject input, StoredObject stored, string match, string unmodified)
    {
        if ((string?)input[match] is { } tags)
        {
            if (!Matches(tags, stored))
            {
                throw S3Errors.PreconditionFailed("If-Match");
            }
        }
        else if (Time(input[unmodified]) is { } since && Seconds(stored) > since)
        {
            throw S3Errors.PreconditionFailed("If-Unmodified-Since");
        }
    }

    private static bool Matches(string tags, StoredObject stored) =>
        tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag.Trim('"') == stored.ETag);

    private static double? Time(JsonNode? seconds) => Tree.Double(seconds);

    /// <summary>HTTP's times have no fractions.</summary>
    private static long Seconds(StoredObject stored) => stored.LastModified.ToUnixTimeSeconds();
}
