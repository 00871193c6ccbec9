using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols;

/// <summary>
/// Encodes and decodes one protocol of one service, for client and server. A tree has AWS's member names. In it, blobs
/// are base64 text, timestamps are seconds since 1970 (to the millisecond), 64-bit integers are exact, and NaN and the
/// infinities are text. A tree does not hold streaming members.
/// </summary>
public abstract class Codec
{
    /// <summary>Protocol names in the order in which clients prefer them.</summary>
    private protected Codec(ServiceModel model) => Model = model;

    public ServiceModel Model { get; }

    /// <summary>The protocol's name in service models.</summary>
    public abstract string Protocol { get; }

    /// <summary>Server: reads the name of the requested operation, even if the model does not have it.</summary>
    public abstract string? OperationName(WireRequest request);

    /// <summary>Client: writes the request of a call.</summary>
    public abstract WireRequest WriteRequest(Operation operation, JsonObject input);

    /// <summary>Server: reads the input of a request.</summary>
    /// <exception cref="AwsException">The request does not fit the operation's shape.</exception>
    public abstract JsonObject ReadRequest(Operation operation, WireRequest request);

    /// <summary>Server: writes the answer to a call.</summary>
    public abstract WireResponse WriteResponse(Operation operation, JsonObject output, string requestId);

    /// <summary>Client: reads the output of an answer.</summary>
    public abstract JsonObject ReadResponse(Operation operation, WireResponse response);

    /// <summary>Server: writes the answer to a failed call; the operation is null if it was not known yet.</summary>
    public abstract WireResponse WriteError(Operation? operation, AwsException error, string requestId);

    /// <summary>Client: reads the error of an answer without a success status.</summary>
    public abstract AwsException ReadError(WireResponse response);

    private protected static Shape? ErrorShape(Operation? operation, string code) =>
        operation?.Errors.FirstOrDefault(shape => shape.Name == code || shape.Error?.Code == code);

    private protected Shape? AnyErrorShape(string code) =>
        Model
            .Operations.Values.Select(operation => ErrorShape(operation, code))
            .FirstOrDefault(shape => shape is not null);
}
