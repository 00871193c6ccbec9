using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>The conditions of HTTP: If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since.</summary>
internal static class Preconditions
{
    /// <summary>For a write: checks the conditions on the key's present object.</summary>
    /// <exception cref="Aws.Errors.AwsException">412, or 404 if If-Match finds no object.</exception>
    public static void CheckWrite(JsonObject input, StoredObject? existing)
    {
        CheckForm(input);
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

    /// <summary>For a read: true if the client already has the object (304).</summary>
    /// <exception cref="Aws.Errors.AwsException">412.</exception>
    public static bool IsNotModified(JsonObject input, StoredObject stored, DateTimeOffset now)
    {
        CheckPositive(input, stored, "", now);
        return (string?)input["IfNoneMatch"] is { } none
            ? Matches(none, stored)
            : Time(input["IfModifiedSince"], now) is { } since && ObjectContent.Seconds(stored) <= since;
    }

    /// <summary>For the source of a copy: all four conditions fail with 412.</summary>
    public static void CheckSource(JsonObject input, StoredObject source, DateTimeOffset now)
    {
        CheckPositive(input, source, "CopySource", now);
        if ((string?)input["CopySourceIfNoneMatch"] is { } none && Matches(none, source))
        {
            throw S3Errors.PreconditionFailed("x-amz-copy-source-If-None-Match");
        }

        if (Time(input["CopySourceIfModifiedSince"], now) is { } since && ObjectContent.Seconds(source) <= since)
        {
            throw S3Errors.PreconditionFailed("x-amz-copy-source-If-Modified-Since");
        }
    }

    /// <summary>For a deletion with a condition on the content.</summary>
    /// <exception cref="Aws.Errors.AwsException">412, or 404 if the object does not exist.</exception>
    public static void CheckDelete(string? match, string key, StoredObject? existing)
    {
        if (match is null)
        {
            return;
        }

        if (existing is null)
        {
            throw S3Errors.NoSuchKey(key);
        }

        if (!Matches(match, existing))
        {
            throw S3Errors.PreconditionFailed("If-Match");
        }
    }

    /// <summary>For the completion of an upload in parts: its condition must hold from its beginning.</summary>
    /// <param name="input">The request.</param>
    /// <param name="existing">The key's present object; null for none.</param>
    /// <param name="upload">The upload.</param>
    /// <exception cref="Aws.Errors.AwsException">As <see cref="CheckWrite"/>, or 409: the key changed meanwhile.</exception>
    public static void CheckCompletion(JsonObject input, StoredObject? existing, MultipartUpload upload)
    {
        CheckWrite(input, existing);
        if (input.ContainsKey("IfNoneMatch") && upload.Replaces)
        {
            throw S3Errors.ConditionalRequestConflict("If-None-Match", upload.Key);
        }

        if (input.ContainsKey("IfMatch") && existing!.LastModified.ToUnixTimeMilliseconds() > upload.Created)
        {
            throw S3Errors.ConditionalRequestConflict("If-Match", upload.Key);
        }
    }

    /// <summary>A write accepts If-None-Match only with a star, and If-Match only with an ETag.</summary>
    private static void CheckForm(JsonObject input)
    {
        var (none, match) = ((string?)input["IfNoneMatch"], (string?)input["IfMatch"]);
        if (none is not null && match is not null)
        {
            throw S3Errors.UnusableCondition(
                "If-Match,If-None-Match",
                "Multiple conditional request headers present in the request"
            );
        }

        if (none is not (null or "*") || match is "*")
        {
            var header = none is null ? "If-Match" : "If-None-Match";
            throw S3Errors.UnusableCondition(
                header,
                $"We don't accept the provided value of {header} header for this API"
            );
        }
    }

    /// <param name="input">The request.</param>
    /// <param name="stored">The object.</param>
    /// <param name="subject">CopySource if the conditions are on a copy's source, otherwise empty.</param>
    /// <param name="now">Civil time.</param>
    private static void CheckPositive(JsonObject input, StoredObject stored, string subject, DateTimeOffset now)
    {
        var header = subject.Length == 0 ? "" : "x-amz-copy-source-";
        if ((string?)input[subject + "IfMatch"] is { } tags)
        {
            if (!Matches(tags, stored))
            {
                throw S3Errors.PreconditionFailed(header + "If-Match");
            }
        }
        else if (Time(input[subject + "IfUnmodifiedSince"], now) is { } since && ObjectContent.Seconds(stored) > since)
        {
            throw S3Errors.PreconditionFailed(header + "If-Unmodified-Since");
        }
    }

    private static bool Matches(string tags, StoredObject stored) =>
        tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag.Trim('"') == stored.ETag);

    /// <summary>The time of a condition; null for a time in the future, which does not count.</summary>
    private static double? Time(JsonNode? seconds, DateTimeOffset now) =>
        Tree.Double(seconds) is { } time && time <= now.ToUnixTimeSeconds() ? time : null;
}
