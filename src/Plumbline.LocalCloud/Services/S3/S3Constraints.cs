using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.S3;

/// <summary>
/// S3's checks of headers, parameters and bodies. S3 has no "1 validation error detected": each member has its own
/// error, and an invalid body is malformed XML.
/// </summary>
internal static class S3Constraints
{
    /// <summary>Checks an operation's input, and changes enum values to the case that the model has.</summary>
    /// <exception cref="AwsException">S3's error for the first invalid member.</exception>
    public static void Check(Operation operation, JsonObject input)
    {
        if (operation.Input is not { } shape)
        {
            return;
        }

        foreach (var (name, member) in shape.Members)
        {
            if (input[name] is not { } value)
            {
                if (shape.Required.Contains(name) && !member.Streaming)
                {
                    throw Missing(name, member);
                }
            }
            else if (member.Kind is ShapeKind.Structure or ShapeKind.List or ShapeKind.Map)
            {
                if (member.Location is null)
                {
                    CheckBody(value, member);
                }
            }
            else if (member.Enum.Count > 0)
            {
                var text = Tree.Text(value) ?? "";
                if (!member.Enum.Contains(text))
                {
                    input[name] = Known(name, member, text);
                }
            }
            else if (!IsInRange(member, value))
            {
                throw Invalid(name, member, value);
            }
        }
    }

    /// <summary>Returns the value as the model writes it: S3 reads ENABLED and enabled alike.</summary>
    private static string? Known(string name, Shape member, string value) =>
        member.Enum.FirstOrDefault(known => known.Equals(value, StringComparison.OrdinalIgnoreCase))
        ?? name switch
        {
            "ChecksumMode" => null, // its only value is ENABLED; others are ignored
            "StorageClass" => throw new AwsException(
                "InvalidStorageClass",
                400,
                "The storage class you specified is not valid"
            )
            {
                Members = new JsonObject { ["StorageClassRequested"] = value },
            },
            "ChecksumAlgorithm" when member.LocationName == "x-amz-checksum-algorithm" => throw S3Errors.InvalidRequest(
                $"Checksum algorithm provided is unsupported. Please try again with any of the valid types: [{string.Join(", ", member.Enum)}]"
            ),
            "ChecksumAlgorithm" or "ChecksumType" => throw S3Errors.InvalidRequest(
                $"Value for {member.LocationName} header is invalid."
            ),
            "ServerSideEncryption" => throw S3Errors.InvalidArgument(
                "The encryption method specified is not supported",
                member.LocationName!,
                value
            ),
            "MetadataDirective" => throw S3Errors.InvalidArgument(
                "Unknown metadata directive.",
                member.LocationName!,
                value
            ),
            "TaggingDirective" => throw S3Errors.InvalidArgument(
                "Unknown tagging directive.",
                member.LocationName!,
                value
            ),
            "EncodingType" => throw S3Errors.InvalidArgument(
                "Invalid Encoding Method specified in Request",
                member.LocationName!,
                value
            ),
            _ => throw Invalid(name, member, value),
        };

    private static bool IsInRange(Shape shape, JsonNode value)
    {
        var size = shape.Kind switch
        {
            ShapeKind.Integer or ShapeKind.Long => Tree.Long(value),
            ShapeKind.String => Tree.Text(value)?.Length,
            _ => null,
        };
        return size is null || (size >= (shape.Min ?? size) && size <= (shape.Max ?? size));
    }

    /// <summary>Checks a body: if a required element is missing or a value is unknown, it is malformed XML.</summary>
    private static void CheckBody(JsonNode value, Shape shape)
    {
        switch (value, shape.Kind)
        {
            case (JsonObject tree, ShapeKind.Structure):
                if (shape.Required.Any(name => !tree.ContainsKey(name)))
                {
                    throw MalformedXml();
                }

                foreach (var (name, member) in shape.Members)
                {
                    // The location has its own errors, which CreateBucket raises.
                    if (tree[name] is { } item && name != "LocationConstraint")
                    {
                        CheckBody(item, member);
                    }
                }

                break;
            case (JsonArray list, ShapeKind.List):
                foreach (var item in list.OfType<JsonNode>())
                {
                    CheckBody(item, shape.Member);
                }

                break;
            case (_, ShapeKind.String) when shape.Enum.Count > 0 && !shape.Enum.Contains(Tree.Text(value) ?? ""):
            case (JsonValue, _) when !IsInRange(shape, value):
                throw MalformedXml();
        }
    }

    private static AwsException Missing(string name, Shape member) =>
        member.Location is null
            ? new AwsException("MissingRequestBodyError", 400, "Request Body is empty")
            : S3Errors.InvalidRequest(
                $"Missing required header or parameter for this request: {member.LocationName ?? name}"
            );

    private static AwsException Invalid(string name, Shape member, JsonNode value) =>
        Invalid(name, member, Tree.Text(value) ?? value.ToJsonString());

    private static AwsException Invalid(string name, Shape member, string value)
    {
        var sent = member.LocationName ?? name;
        return member is { Kind: ShapeKind.Integer or ShapeKind.Long, Min: { } min, Max: { } max }
            ? S3Errors.InvalidArgument($"Argument {sent} must be an integer between {min} and {max}", sent, value)
            : S3Errors.InvalidArgument($"Invalid value for {sent}", sent, value);
    }

    private static AwsException MalformedXml() =>
        new(
            "MalformedXML",
            400,
            "The XML you provided was not well-formed or did not validate against our published schema"
        );
}
