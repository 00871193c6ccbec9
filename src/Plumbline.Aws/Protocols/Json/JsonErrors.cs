using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Json;

/// <summary>Errors in the form that clients of the JSON protocols read.</summary>
internal static class JsonErrors
{
    public static AwsException Read(WireResponse response) => Of(response, Body(response));

    /// <summary>Reads the error from headers and a decoded body.</summary>
    public static AwsException Of(WireResponse response, JsonObject body)
    {
        var code =
            Header(response, "x-amzn-query-error")?.Split(';')[0]
            ?? Plain(Header(response, "x-amzn-errortype"))
            ?? Plain(Tree.Text(body["__type"]))
            ?? Plain(Tree.Text(body["code"]) ?? Tree.Long(body["code"])?.ToString(null as IFormatProvider))
            ?? Plain(Tree.Text(body["Code"]))
            ?? $"{response.Status}";
        var message = Tree.Text(body["message"]) ?? Tree.Text(body["Message"]) ?? Tree.Text(body["errorMessage"]) ?? "";
        return new AwsException(code, response.Status, message)
        {
            RequestId = Header(response, "x-amzn-requestid") ?? Header(response, "x-amz-request-id"),
            Members = body.Count > 0 ? body : null,
        };
    }

    /// <summary>x-amzn-query-error: the error's code under the Query protocol, and the side at fault.</summary>
    public static string QueryError(Shape? shape, AwsException error) =>
        $"{shape?.Error?.Code ?? error.Code};{(error.Status < 500 ? "Sender" : "Receiver")}";

    /// <summary>
    /// The error's name in a body. Errors common to all services have another name under the Query protocol.
    /// </summary>
    public static string Name(Shape? shape, AwsException error) =>
        shape?.Name ?? (error.Code == "ValidationError" ? "ValidationException" : error.Code);

    /// <summary>The member that holds the message: message or Message.</summary>
    public static string MessageMember(Shape? shape) =>
        shape?.Members.Keys.FirstOrDefault(name => name.Equals("message", StringComparison.OrdinalIgnoreCase))
        ?? "message";

    /// <summary>The body of an error: its code, its message and the other members of its shape.</summary>
    public static ReadOnlyMemory<byte> Body(Shape? shape, AwsException error, bool withType)
    {
        var code = Name(shape, error);
        var message = MessageMember(shape);
        return JsonTreeWriter.Body(
            Extra(error, message),
            shape,
            writer =>
            {
                if (withType)
                {
                    writer.WriteString("__type", code);
                }

                writer.WriteString(message, error.Message);
            }
        );
    }

    /// <summary>The members of the error besides its message.</summary>
    public static JsonObject Extra(AwsException error, string message)
    {
        if (error.Members is not { } members || !members.ContainsKey(message))
        {
            return error.Members ?? [];
        }

        var extra = members.DeepClone().AsObject();
        extra.Remove(message);
        return extra;
    }

    /// <summary>The code without its namespace (before #) and its address (from the colon on).</summary>
    public static string? Plain(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return null;
        }

        var end = code.IndexOf(':', StringComparison.Ordinal);
        code = end > 0 ? code[..end] : code;
        return code[(code.LastIndexOf('#') + 1)..];
    }

    private static JsonObject Body(WireResponse response)
    {
        try
        {
            return response.Body.IsEmpty ? [] : JsonNode.Parse(response.Body.Span) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return []; // a proxy may answer something other than JSON
        }
    }

    private static string? Header(WireResponse response, string name) =>
        response.Headers.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;
}
