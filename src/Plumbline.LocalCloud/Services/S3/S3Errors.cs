using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3;

/// <summary>S3's errors, in its words.</summary>
internal static class S3Errors
{
    public const string NoSuchUploadCode = "NoSuchUpload";

    public static AwsException NoSuchKey(string key) =>
        new("NoSuchKey", 404, "The specified key does not exist.") { Members = new JsonObject { ["Key"] = key } };

    /// <summary>The object was deleted: its latest version is a delete marker.</summary>
    public static AwsException NoSuchKey(StoredObject marker) =>
        new("NoSuchKey", 404, "The specified key does not exist.")
        {
            Members = new JsonObject { ["Key"] = marker.Key },
            Headers = OfMarker(marker),
        };

    public static AwsException NoSuchVersion(string key, string version) =>
        new("NoSuchVersion", 404, "The specified version does not exist.")
        {
            Members = new JsonObject { ["Key"] = key, ["VersionId"] = version },
        };

    /// <summary>The version is a delete marker, which can only be deleted.</summary>
    public static AwsException MethodNotAllowed(StoredObject marker, string method) =>
        new("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        {
            Members = new JsonObject { ["Method"] = method, ["ResourceType"] = "DeleteMarker" },
            Headers = new Dictionary<string, string>(OfMarker(marker))
            {
                ["Allow"] = "DELETE",
                ["Last-Modified"] = marker.LastModified.ToString("R", null),
            },
        };

    public static AwsException NoSuchUpload(string upload) =>
        new(
            NoSuchUploadCode,
            404,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
        )
        {
            Members = new JsonObject { ["UploadId"] = upload },
        };

    public static AwsException InvalidArgument(string message, string name, string? value) =>
        new("InvalidArgument", 400, message)
        {
            Members = new JsonObject { ["ArgumentName"] = name, ["ArgumentValue"] = value },
        };

    public static AwsException InvalidVersion(string argument, string? version) =>
        InvalidArgument("Invalid version id specified", argument, version);

    public static AwsException InvalidRequest(string message) => new("InvalidRequest", 400, message);

    public static AwsException PreconditionFailed(string condition) =>
        new("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
        {
            Members = new JsonObject { ["Condition"] = condition },
        };

    public static AwsException ConditionalRequestConflict(string condition, string key) =>
        new(
            "ConditionalRequestConflict",
            409,
            "The conditional request cannot succeed due to a conflicting operation against this resource."
        )
        {
            Members = new JsonObject { ["Condition"] = condition, ["Key"] = key },
        };

    /// <summary>The error for a condition that S3 does not accept on a write.</summary>
    public static AwsException UnusableCondition(string header, string message) =>
        new("NotImplemented", 501, "A header you provided implies functionality that is not implemented")
        {
            Members = new JsonObject { ["Header"] = header, ["additionalMessage"] = message },
        };

    /// <summary>The error for a header or parameter that the local cloud would otherwise silently ignore.</summary>
    public static AwsException NotImplemented(string header) =>
        new("NotImplemented", 501, $"A header you provided implies functionality that is not implemented: {header}.")
        {
            Members = new JsonObject { ["Header"] = header },
        };

    private static Dictionary<string, string> OfMarker(StoredObject marker) =>
        new() { ["x-amz-delete-marker"] = "true", ["x-amz-version-id"] = marker.Version! };
}
