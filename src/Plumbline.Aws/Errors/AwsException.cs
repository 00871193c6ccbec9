using System.Text.Json.Nodes;

namespace Plumbline.Aws.Errors;

/// <summary>An error in AWS's form: the server writes it to the wire and the client reads it back.</summary>
/// <param name="code">AWS's error code, such as <c>ResourceNotFound</c> or <c>ValidationException</c>.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="message">AWS's message.</param>
/// <param name="inner">The cause, if another exception led to this one.</param>
public sealed class AwsException(string code, int status, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>AWS's error code, without namespace.</summary>
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Further members of the error's shape, by AWS's names; null if it has only a message.</summary>
    public JsonObject? Members { get; init; }

    /// <summary>Headers of the answer; null if the error does not set any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The request's id, if the answer carried one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The error of an operation that the local cloud does not have.</summary>
    public static AwsException NotImplemented(string service, string operation) =>
        new("NotImplemented", 501, $"Plumbline's local cloud does not implement {service} {operation}.");
}
