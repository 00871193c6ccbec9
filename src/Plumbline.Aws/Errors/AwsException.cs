using System.Text.Json.Nodes;

namespace Plumbline.Aws.Errors;

/// <summary>An error as AWS puts it on the wire: what a server answers and what a client gets.</summary>
/// <param name="code">AWS's error code, such as <c>ResourceNotFound</c> or <c>ValidationException</c>.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="message">AWS's message.</param>
/// <param name="inner">What caused it, where something did.</param>
public sealed class AwsException(string code, int status, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>AWS's error code, without namespace.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Further members of the error's shape, by AWS's names; null where there are none.</summary>
    public JsonObject? Members { get; init; }

    /// <summary>Headers of the answer; null where it has none of its own.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The request's id, where the answer carried one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The error of an operation that is not here.</summary>
    public static AwsException NotImplemented(string service, string operation) =>
        new("NotImplemented", 501, $"Plumbline's local cloud does not implement {service} {operation}.");
}
