using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>A decoded call of one operation, from the wire or from inside the local cloud.</summary>
/// <param name="Service">The service's model.</param>
/// <param name="Operation">The operation's model.</param>
/// <param name="Input">The operation's input in AWS's member names; blobs base64, times epoch seconds.</param>
/// <param name="Caller">The principal that asks.</param>
/// <param name="RequestId">Goes into the answer and the log.</param>
/// <param name="Aborted">Cancelled when the client disconnects: it may stop reads, never a write in progress.</param>
internal sealed record AwsCall(
    ServiceModel Service,
    Operation Operation,
    JsonObject Input,
    Caller Caller,
    string RequestId,
    CancellationToken Aborted
)
{
    /// <summary>The streaming member of the input (an object's bytes), without aws-chunked; null without one.</summary>
    public Stream? Body { get; init; }

    /// <summary>Bytes in <see cref="Body"/>; null if the client did not say.</summary>
    public long? BodyLength { get; init; }

    /// <summary>The request's headers, for the few operations whose meaning is in headers outside the model.</summary>
    public Func<string, string?> Header { get; init; } = _ => null;

    /// <summary>The headers after <see cref="Body"/>, such as its checksum, once it has been read to its end.</summary>
    public Func<string, string?> Trailer { get; init; } = _ => null;
}

/// <summary>The answer of an operation.</summary>
/// <param name="Output">The output in AWS's member names, without its streaming member.</param>
internal sealed record AwsReply(JsonObject Output)
{
    /// <summary>Writes the streaming member of the output; null without one.</summary>
    public Func<Stream, CancellationToken, Task>? WriteBodyAsync { get; init; }

    /// <summary>Bytes that <see cref="WriteBodyAsync"/> writes.</summary>
    public long? BodyLength { get; init; }

    /// <summary>The HTTP status, such as 206 or 304, if it differs from the model's.</summary>
    public int? Status { get; init; }
}
